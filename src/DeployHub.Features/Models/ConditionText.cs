using System.Text;
using DeployHub.Domain;

namespace DeployHub.Features.Models;

/// <summary>From the notation of models, where names are <c>${name}</c>, to that of NCalc, where they are <c>[name]</c>; every place stays where it was.</summary>
internal static class ConditionText
{
    /// <summary>So that reading goes no deeper than a person does.</summary>
    private const int Deepest = 20;

    public static Result<string> ForNCalc(string condition)
    {
        var (text, quote, depth) = (new StringBuilder(), '\0', 0);
        for (var i = 0; i < condition.Length; i++)
        {
            var letter = condition[i];
            if (quote != '\0')
            {
                if (letter is '\\') return Objection("a text in quotes cannot contain \\.");
                if (letter is '$' && i + 1 < condition.Length && condition[i + 1] == '{') return Objection("inside quotes a name is only text: write it outside, as in ${parameter.mode} == 'full'.");
                if (letter == quote) quote = '\0';
                text.Append(letter);
            }
            else if (letter is '\'' or '"') text.Append(quote = letter);
            else if (letter is '$' && i + 1 < condition.Length && condition[i + 1] == '{' && condition.IndexOf('}', i) is > 0 and var end)
            {
                text.Append(" [").Append(condition, i + 2, end - i - 2).Append(']');
                i = end;
            }
            else if (letter is '{' or '[' or '#' or '$') return Objection($"“{letter}” has no meaning here: names are written ${{parameter.name}}, texts 'in quotes'.");
            else
            {
                depth += letter is '(' or '!' or '-' ? 1 : letter is ')' ? -1 : 0;
                if (depth > Deepest) return Objection($"it is nested or negated more than {Deepest} deep.");
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    private static Error Objection(string sentence) => new(ErrorKind.Invalid, "condition.unreadable", sentence);
}
