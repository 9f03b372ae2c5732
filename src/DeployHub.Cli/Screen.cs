using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli;

/// <summary>Results go to standard output, as text or as one JSON document; everything else to standard error. No token is ever written.</summary>
internal sealed partial class Screen(TextWriter output, TextWriter error, bool asJson)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool AsJson => asJson;

    public static Screen Of(ParseResult parsed) =>
        new(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(Settings.Output) == Settings.Json);

    public static string Masked(string text) => Tokens().Replace(text, "dh…");

    /// <summary>The result, in whichever form was asked for.</summary>
    public void Show(object json, IEnumerable<string> lines)
    {
        if (asJson) output.WriteLine(Masked(JsonSerializer.Serialize(json, Readable)));
        else foreach (var line in lines) output.WriteLine(Masked(line));
    }

    /// <summary>What happens meanwhile, and what helps to go on.</summary>
    public void Note(string sentence) => error.WriteLine(Masked(sentence));

    public int Say(Refusal refusal)
    {
        foreach (var line in refusal.Lines) Note(line);
        if (asJson) Show(refusal.Problem, []);
        return refusal.ExitCode;
    }

    [GeneratedRegex("dhp?_[A-Za-z0-9_-]{8,}")]
    private static partial Regex Tokens();
}
