using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeployHub.Cli.Talking;

/// <summary>What the server answered.</summary>
/// <param name="Tag">What was read, for whoever writes it afterwards; null when it has none.</param>
/// <param name="Next">The query of the following page; null on the last.</param>
internal sealed partial record Answer(HttpStatusCode Status, byte[] Body, string? Tag, string? Next, Uri Asked)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static async Task<Answer> OfAsync(HttpResponseMessage response, CancellationToken cancellation) => new(
        response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation), response.Headers.ETag?.Tag, NextOf(response), response.RequestMessage!.RequestUri!);

    public T As<T>() => Read(() => JsonSerializer.Deserialize<T>(Body, Web)!);

    public JsonNode Json() => Read(() => JsonNode.Parse(Body)!);

    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && NextPage().Match(string.Join(',', links)) is { Success: true } next ? next.Groups[1].Value : null;

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            throw Refusal.NoAccess($"The answer of {Asked} is not how DeployHub answers. Is --server right?");
        }
    }

    [GeneratedRegex("<[^>?]*\\?([^>]*)>; rel=\"next\"")]
    private static partial Regex NextPage();
}
