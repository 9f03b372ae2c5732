using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>What runs must be what was intended, not only what was installed.</summary>
internal sealed class CheckVersionVerifier(IHttpClientFactory clients, TimeProvider clock) : StepExecutor<CheckVersion>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int LongestVersion = 200;

    protected override async Task<StepOutcome> ExecuteAsync(CheckVersion settings, StepContext context, CancellationToken cancellationToken)
    {
        string? found = null;
        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Pause, async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.Url);
            var answer = await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
            found = answer.Objection(null, null) is null ? VersionIn(answer.Body, settings.Property) : null;
            return found == settings.Expect ? null : found is null ? answer.Trouble ?? $"answers {answer.Summary}" : $"answers version {found}{Hint(settings, found)}";
        }, cancellationToken);
        if (asking.Objection is null)
        {
            context.Log.Write(LogStream.Out, $"{settings.Url} answers version {settings.Expect}.");
            return new StepOutcome.Succeeded([new Evidence(CheckVersion.Seen, settings.Expect)]);
        }

        var sentence = $"{context.Subject} should run {settings.Expect}, but {settings.Url} {asking.Objection}.";
        context.Log.Write(LogStream.Error, sentence);
        return new StepOutcome.Failed(sentence, HaltCause.VersionMismatchAfter) { Evidence = found is null ? [] : [new Evidence(CheckVersion.Seen, Words.Beginning(found, LongestVersion))] };
    }

    /// <summary>A document instead of a version: the model does not say where in it the version stands.</summary>
    private static string Hint(CheckVersion settings, string found) =>
        settings.Property is null && found.StartsWith('{') ? ", which is a document: let the step name the property in it that holds the version" : "";

    private static string? VersionIn(string body, string? property)
    {
        if (property is null) return body.Trim();

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty(property, out var value) ? value.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
