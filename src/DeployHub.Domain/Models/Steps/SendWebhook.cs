using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Tells another system that something happens, signed as Standard Webhooks ask for: <c>webhook-id</c>, <c>webhook-timestamp</c> and an
/// HMAC-SHA256 in <c>webhook-signature</c>. Every try of a step carries the same id, so that a receiver knows what it has seen.
/// </summary>
/// <param name="Secret">The key that both sides know, as <c>${secret:name}</c>: base64, with or without <c>whsec_</c> before it.</param>
/// <param name="Type">What happens, in words with full stops between them.</param>
/// <param name="Data">What the receiver is told about it.</param>
/// <param name="ExpectStatus">Accepted status codes; empty accepts 200 to 299.</param>
/// <param name="Callback">
/// The receiver does the work and reports its end: the message carries an address and a token for it, and the step waits for the report as
/// long as its timeout allows. Each try is then a message of its own.
/// </param>
/// <param name="Url">Where the message goes: http:// or https://.</param>
public sealed record SendWebhook(
    string Url, string Secret, string Type = "deployment.step", IReadOnlyDictionary<string, string>? Data = null, IReadOnlyList<int>? ExpectStatus = null, bool? Callback = null)
    : StepSettings
{
    /// <summary>Nobody but the receiver knows whether it has begun.</summary>
    [JsonIgnore]
    public override AfterLoss AfterLoss => AwaitsReport ? AfterLoss.AskPerson : AfterLoss.RunAgain;

    [JsonIgnore]
    public override bool WaitsForOthers => AwaitsReport;

    [JsonIgnore]
    public bool AwaitsReport => Callback is true;
}
