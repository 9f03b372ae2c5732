using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models;

/// <summary>
/// Which of the planned targets a phase takes, as people write it: <c>rest</c>, <c>none</c>, a count such as <c>2</c>, a cumulative share
/// such as <c>25%</c> (domain §2.5), or a label with one or several values such as <c>ring=R1</c> or <c>site=berlin,bonn</c>.
/// </summary>
public abstract partial record TargetChoice
{
    private TargetChoice() { }

    /// <summary>Whatever no phase before it took.</summary>
    public sealed record Rest : TargetChoice;

    /// <summary>The phase moves traffic only.</summary>
    public sealed record None : TargetChoice;

    /// <summary>So many more.</summary>
    public sealed record Next(int Count) : TargetChoice;

    /// <summary>So many that this share of all is reached, rounded down, but at least one.</summary>
    public sealed record UpTo(Share Share) : TargetChoice;

    public sealed record Labelled(string Label, IReadOnlyList<string> Values) : TargetChoice;

    public static Result<TargetChoice> Parse(string text)
    {
        if (text is "rest") return new Rest();
        if (text is "none") return new None();
        if (Share.Parse(text) is { Error: null, Value: { Number: > 0 } share }) return share.IsPercent ? new UpTo(share) : new Next(share.Number);
        if (LabelForm().Match(text) is { Success: true } label)
            return new Labelled(label.Groups[1].Value, label.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

        return new Error(ErrorKind.Invalid, "targets.malformed", $"“{text}” chooses no targets: write rest, none, a count such as 2, a share such as 25%, or a label such as ring=R1.");
    }

    [GeneratedRegex(@"^\s*([^=\s,]+)\s*=\s*([^=\s][^=]*)$")]
    private static partial Regex LabelForm();
}
