using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Reads an expression from left to right: WITH binds closest, then AND, then OR.</summary>
internal sealed partial class LicenceReader(string text)
{
    private const int Longest = 16 * 1024;
    private const int DeepestNesting = 50;

    private readonly List<string> _words = text.Length <= Longest ? [.. Word().Matches(text).Select(match => match.Value)] : [];
    private int _at;
    private int _depth;

    public Result<LicenceExpression> Read()
    {
        if (text.Length > Longest) return Refusal($"is longer than {Longest:N0} characters");
        var read = Choice();
        if (read.Error is not null) return read;
        return _at == _words.Count ? read : Refusal($"is over before “{_words[_at]}”");
    }

    private Result<LicenceExpression> Choice() => Joined("OR", All, parts => new LicenceExpression.Choice(parts));

    private Result<LicenceExpression> All() => Joined("AND", Part, parts => new LicenceExpression.All(parts));

    private Result<LicenceExpression> Joined(string word, Func<Result<LicenceExpression>> next, Func<IReadOnlyList<LicenceExpression>, LicenceExpression> join)
    {
        var parts = new List<LicenceExpression>();
        do
        {
            var part = next();
            if (part.Error is not null) return part;
            parts.Add(part.Value);
        }
        while (Take(word));

        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private Result<LicenceExpression> Part()
    {
        if (!Take("(")) return Single();
        if (++_depth > DeepestNesting) return Refusal($"has more than {DeepestNesting} parentheses inside each other");
        var inside = Choice();
        _depth--;
        return inside.Error is not null || Take(")") ? inside : Refusal("lacks a closing parenthesis");
    }

    private Result<LicenceExpression> Single()
    {
        if (Id() is not { } id) return Refusal(_at < _words.Count ? $"has “{_words[_at]}” where a licence is needed" : "ends where a licence is needed");
        var orLater = id.EndsWith('+');
        if (orLater) id = id[..^1];
        if (!Take("WITH")) return new LicenceExpression.Single(id, orLater);
        return Id() is { } exception ? new LicenceExpression.Single(id, orLater, exception) : Refusal("names no exception after WITH");
    }

    private string? Id() => _at < _words.Count && IdForm().IsMatch(_words[_at]) && !Operators.Contains(_words[_at]) ? _words[_at++] : null;

    private bool Take(string word)
    {
        if (_at >= _words.Count || !_words[_at].Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _at++;
        return true;
    }

    private Error Refusal(string why) => new(ErrorKind.Invalid, "licence.malformed", $"The licence expression “{Words.Beginning(text, 200)}” {why}.");

    private static readonly HashSet<string> Operators = new(["AND", "OR", "WITH"], StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"[()]|[^\s()]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.:-]*\+?\z")]
    private static partial Regex IdForm();
}
