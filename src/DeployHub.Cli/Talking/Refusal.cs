using System.Text.Json.Nodes;

namespace DeployHub.Cli.Talking;

/// <summary>Why a command ends before it is done, line by line.</summary>
/// <param name="problem">The same for programs: problem details, where the server refused.</param>
internal sealed class Refusal(int exitCode, IReadOnlyList<string> lines, JsonObject problem) : Exception(lines[0])
{
    private const string Error = "error: ";

    public int ExitCode => exitCode;

    public IReadOnlyList<string> Lines => lines;

    public JsonObject Problem => problem;

    /// <summary>The stable name of the rule; null when the server was not asked.</summary>
    public string? Code => problem["code"]?.ToString();

    public static Refusal Misused(string sentence) => new(Cli.ExitCode.WrongUsage, [Error + sentence], Told(sentence));

    public static Refusal NoAccess(string sentence) => new(Cli.ExitCode.NoAccess, [Error + sentence], Told(sentence));

    /// <summary>A place in a document that stops everything else.</summary>
    public static Refusal At(string remark) => new(Cli.ExitCode.Refused, [remark], Told(remark));

    /// <summary>The same, with what helps to go on.</summary>
    public Refusal And(string sentence) => new(exitCode, [.. lines, sentence], problem);

    private static JsonObject Told(string sentence) => new() { ["title"] = sentence };
}
