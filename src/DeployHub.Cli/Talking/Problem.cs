using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeployHub.Cli.Talking;

/// <summary>Problem details (RFC 9457) told in sentences: the rule, each field with its place, and who could do it.</summary>
internal static class Problem
{
    public static Refusal Of(HttpStatusCode status, byte[] body, Uri asked) =>
        Details(body) is { } problem
            ? new Refusal(ExitOf(status), [.. Lines(problem)], problem)
            : Refusal.NoAccess($"{asked} answered {(int)status}, and not as DeployHub answers. Is --server right?");

    internal static int ExitOf(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? ExitCode.NoAccess
            : ExitCode.Refused;

    internal static IEnumerable<string> Lines(JsonObject problem)
    {
        var (title, code) = (problem["title"]?.ToString() ?? "The server refused without saying why.", problem["code"]?.ToString());
        var fields = FieldsOf(problem);
        if (fields is [var only] && only.Sentence == title) (title, fields) = ($"{only.Field}: {title}", []);

        yield return code is null ? $"error: {title}" : $"error: {title} [{code}]";
        foreach (var (field, sentence) in fields) yield return $"  {(field.Length == 0 ? "" : $"{field}: ")}{sentence}";
        if (problem["whoCould"]?.ToString() is { Length: > 0 } whoCould) yield return $"  Who could: {whoCould}.";
    }

    private static List<(string Field, string Sentence)> FieldsOf(JsonObject problem) =>
        problem["errors"] is JsonObject errors ? [.. errors.SelectMany(field => (field.Value as JsonArray ?? []).Select(sentence => (field.Key, sentence?.ToString() ?? "")))] : [];

    private static JsonObject? Details(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject problem && problem.ContainsKey("title") ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
