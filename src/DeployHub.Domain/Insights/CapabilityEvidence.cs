using System.Globalization;
using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Insights;

public enum EvidenceState
{
    Holds,
    DoesNotHold,

    /// <summary>Nothing was recorded that could tell, or too little.</summary>
    NoData,
}

/// <summary>One row of the capability levels (domain §0.4).</summary>
/// <param name="Level">From 1 to 5.</param>
/// <param name="Requirement">What has to be so.</param>
/// <param name="Found">What the records say, with the numbers behind it.</param>
public sealed record CapabilityEvidence(int Level, string Requirement, EvidenceState State, string Found)
{
    internal static CapabilityEvidence Of(int level, string requirement, bool holds, string found) =>
        new(level, requirement, holds ? EvidenceState.Holds : EvidenceState.DoesNotHold, found);

    /// <summary>A rate of fewer than five tells nothing (MR-6).</summary>
    internal static CapabilityEvidence AtLeast(int level, string requirement, double share, Proportion found) => new(
        level, requirement, !found.IsRate ? EvidenceState.NoData : found.Value >= share ? EvidenceState.Holds : EvidenceState.DoesNotHold,
        found is { IsRate: false, Of: > 0 } ? string.Create(CultureInfo.InvariantCulture, $"{found}: too few to tell") : found.ToString());

    internal static CapabilityEvidence Unknown(int level, string requirement, string why) => new(level, requirement, EvidenceState.NoData, why);
}
