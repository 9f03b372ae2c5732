using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models;

/// <summary>Values that one step says and later steps on the same subject use as <c>${step.key.output}</c>.</summary>
public static partial class StepOutputs
{
    /// <summary>How many values one step may say.</summary>
    public const int Most = 20;

    /// <summary>How many characters all values of one step may have together.</summary>
    public const int MostCharacters = 16 * 1024;

    private const string Prefix = "step.";

    /// <summary>An output or a step's key: a letter or _, then letters, digits, _ and -, at most 50.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Whether a name in a template means an output.</summary>
    public static bool IsOutput(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    public static string NameOf(string key, string output) => $"{Prefix}{key}.{output}";

    /// <summary>The key and the output that a name in a template means; null when it is not written <c>step.key.output</c>.</summary>
    public static (string Key, string Output)? Parse(string name) => name.Split('.') is [_, var key, var output] && IsName(key) && IsName(output) ? (key, output) : null;

    /// <summary>
    /// The settings with every output filled. Refused with <c>step.output-missing</c> when one was not said, and with
    /// <c>step.output-names</c> when values make up a name, alone or together: what a target says must not fetch a secret.
    /// </summary>
    public static Result<StepSettings> Fill(StepSettings settings, IReadOnlyDictionary<string, string> outputs)
    {
        var used = Template.NamesIn(settings).Where(IsOutput).ToList();
        if (used.Find(name => !outputs.ContainsKey(name)) is { } missing) return Missing(missing);
        if (used.Count == 0) return settings;

        string? naming = null;
        var filled = Template.Rewrite(settings, text =>
        {
            var whole = Template.Fill(text, outputs, new List<string>());
            if (!Template.NamesIn(whole).SequenceEqual(Template.NamesIn(text).Where(name => !IsOutput(name)))) naming = Words.List(Template.NamesIn(text).Where(IsOutput).Select(name => $"${{{name}}}"));
            return whole;
        });
        return naming is null ? filled : new Error(ErrorKind.Conflict, "step.output-names", $"What {naming} says names something to be filled in, such as a secret, and an output may not.");
    }

    public static Error Missing(string name) => new(ErrorKind.Conflict, "step.output-missing", $"No step before said ${{{name}}}.");

    /// <summary>Why so much may not be said, in a sentence; null when it may.</summary>
    public static string? Excess(IReadOnlyDictionary<string, string> said) =>
        said.Count > Most ? $"It says {said.Count} outputs, and a step may say {Most}."
        : said.Sum(output => output.Value.Length) is var characters && characters > MostCharacters ? $"Its outputs have {characters} characters, and a step’s may have {MostCharacters}."
        : null;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,49}\z")]
    private static partial Regex Name();
}
