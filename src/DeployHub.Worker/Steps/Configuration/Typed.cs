using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>Values of JSON and YAML that are no text.</summary>
internal static partial class Typed
{
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsNumber(string text) => Number().IsMatch(text);

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Plainly);

    /// <summary>What is written where nothing says a type: the value itself when it reads as a number, true, false or null; else as text.</summary>
    public static string Literal(string value) => IsNumber(value) || value is "true" or "false" or "null" ? value : Quoted(value);

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Number();
}
