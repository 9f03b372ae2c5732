using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>What has to be known of an organisation to ask it.</summary>
/// <param name="NoticeDays">Working days that were agreed.</param>
/// <param name="SilenceBlocks">Whether no answer keeps a run from starting.</param>
/// <param name="InAdvance">The standing agreement that answers at once; null for none.</param>
public sealed record AskedParty(OrganisationId Id, string Key, string Name, string TimeZone, int NoticeDays, bool SilenceBlocks, StandingAgreement? InAdvance = null)
{
    /// <summary>Which days count where it lives.</summary>
    public WorkingDays WorkingDays { get; init; } = WorkingDays.WithoutHolidays;
}
