using System.Text.Json.Serialization;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Partners;

/// <summary>A rule: which deployments concern an organisation, and whether it has to agree to them or is only informed.</summary>
/// <param name="Number">From 1 within the organisation.</param>
/// <param name="Service">Key of the only service; null for every one.</param>
/// <param name="Environment">Key of the only environment; null for every one.</param>
/// <param name="IsRequired">It has to agree before a run starts; otherwise it only sees what comes.</param>
/// <param name="FromRisk">It has to agree from this risk on; below, it is informed.</param>
public sealed record Concern(int Number, string? Service, string? Environment, bool IsRequired, RiskBand FromRisk = RiskBand.Low, Ending? Ended = null)
{
    public bool Covers(string service, string environment) =>
        Ended is null && (Service is null || Service == service) && (Environment is null || Environment == environment);

    public bool Requires(string service, string environment, RiskBand risk) => IsRequired && Covers(service, environment) && risk >= FromRisk;

    [JsonIgnore]
    public string InWords =>
        $"{(Service is null ? "every service" : $"service {Service}")} in {Environment ?? "every environment"}: {Part}";

    private string Part => (IsRequired, FromRisk) switch
    {
        (false, _) => "is informed",
        (_, RiskBand.Low) => "has to agree",
        _ => $"has to agree from {Words.Of(FromRisk)} risk on",
    };
}
