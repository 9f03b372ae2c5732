namespace DeployHub.Features.Deployments;

/// <summary>The years in which anything may be planned: what lies outside is a slip of the pen.</summary>
internal static class SlotBounds
{
    public const string Rule = "Say a time between the years 2000 and 2110.";

    public static bool IsPlannable(this DateTimeOffset at) => at.UtcDateTime.Year is >= 2000 and < 2110;

    public static bool IsPlannableOrNothing(this DateTimeOffset? at) => at is null || at.Value.IsPlannable();
}
