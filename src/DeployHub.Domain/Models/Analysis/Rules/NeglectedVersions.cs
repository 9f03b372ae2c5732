namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>What 180 days went by without: S10, a rollback that succeeded; S11, any use.</summary>
public static class NeglectedVersions
{
    public static readonly TimeSpan Long = TimeSpan.FromDays(180);

    public static SignalAnswer UnprovenRollback(VersionFacts facts)
    {
        if (!facts.LeadsBack) return SignalAnswer.Without(SignalCode.S10, facts, "The model leads nothing back, so there is no rollback to prove.");
        if (!facts.IsInUse) return SignalAnswer.Without(SignalCode.S10, facts, "No plan may be made with this version, so its rollback has nothing to prove.");
        if (facts.LastRollbackAt > facts.Window.To - Long) return SignalAnswer.Of(SignalCode.S10, facts);

        var last = facts.LastRollbackAt is { } at ? $"The last rollback of this version that succeeded was on {at:yyyy-MM-dd}" : "No rollback of this version has ever succeeded";
        return SignalAnswer.Of(SignalCode.S10, facts, Signal.Of(
            SignalCode.S10, facts, null, $"{last}, for real or as a rehearsal; one in {Long.TotalDays:0} days is asked for.", []));
    }

    public static SignalAnswer Unused(VersionFacts facts)
    {
        if (!facts.IsInUse || facts.PublishedAt is not { } published)
            return SignalAnswer.Without(SignalCode.S11, facts, "No plan may be made with this version, so it cannot be unused.");

        var last = facts.LastPlannedAt > published ? facts.LastPlannedAt.Value : published;
        return last < facts.Window.To - Long
            ? SignalAnswer.Of(SignalCode.S11, facts, Signal.Of(
                SignalCode.S11, facts, null, $"Nobody has planned with it since {last:yyyy-MM-dd}, {(facts.Window.To - last).TotalDays:0} days ago.", []))
            : SignalAnswer.Of(SignalCode.S11, facts);
    }
}
