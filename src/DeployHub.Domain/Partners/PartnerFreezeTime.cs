using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Partners;

/// <summary>A freeze of an organisation as others plan around it: advice, and for whoever has to agree a reason to ask anew.</summary>
public sealed record PartnerFreezeTime(Organisation Organisation, PartnerFreeze Freeze)
{
    public Occurrence When => new(Freeze.StartsAt, Freeze.EndsAt);

    /// <summary>“Partner bank has its own freeze “Year end” from Thu 15 Oct 2026 00:00 to Sun 18 Oct 2026 00:00 (Europe/Berlin)”.</summary>
    public string InWords =>
        $"{Organisation.Name} has its own freeze “{Freeze.Name}” from {WallTime.Said(Freeze.StartsAt, Freeze.TimeZone)} to {WallTime.Said(Freeze.EndsAt, Freeze.TimeZone)} ({Freeze.TimeZone})";

    /// <param name="service">Key; empty or null for any.</param>
    /// <param name="environment">Key; empty or null for any.</param>
    public bool Concerns(string? service, string? environment) => Organisation.Ended is null && Organisation.Concerns.Any(concern => concern.Ended is null
        && (concern.Service is null || string.IsNullOrEmpty(service) || concern.Service == service)
        && (concern.Environment is null || string.IsNullOrEmpty(environment) || concern.Environment == environment));

    /// <summary>Whether it could have to agree there, at whatever risk.</summary>
    public bool HasToAgree(string service, string environment) => Organisation.HasToAgreeTo(service, environment, RiskBand.High);
}
