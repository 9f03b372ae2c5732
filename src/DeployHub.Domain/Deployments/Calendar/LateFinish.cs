namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>A lock that a plan needs and that another run holds.</summary>
/// <param name="Component">Key of the component.</param>
/// <param name="Holder">Name of that run.</param>
/// <param name="Until">When its slot ends: the lock is expected back by then.</param>
public sealed record AwaitedLock(string Component, string Holder, DateTimeOffset Until);

/// <summary>A run that begins as planned is not expected to be over before a freeze begins or the window closes, whichever comes first (domain J1).</summary>
/// <param name="Freeze">Number of the freeze; null where it is the window that closes.</param>
/// <param name="Name">Of the freeze or the window.</param>
/// <param name="At">When the one begins or the other closes.</param>
/// <param name="Zone">IANA name of the clock by which that is planned.</param>
/// <param name="Needs">What 85 of 100 runs take; null where nothing says so, and it cannot even begin in time.</param>
/// <param name="WaitsFor">What keeps it from beginning as planned; null for nothing.</param>
public sealed record LateFinish(string? Freeze, string Name, DateTimeOffset At, string Zone, TimeSpan? Needs, AwaitedLock? WaitsFor)
{
    public string Sentence =>
        $"Will not finish before {(Freeze is null ? $"window “{Name}” closes" : $"the freeze “{Name}”")} at {WallTime.Said(At, Zone)} {Zone}"
        + $"{(Needs is { } needs ? $" (needs about {Words.Of(TimeSpan.FromMinutes(Math.Ceiling(needs.TotalMinutes)))}, p85)" : "")}."
        + (WaitsFor is { } held ? $" It waits for {held.Component}, which {held.Holder} holds until {WallTime.Said(held.Until, Zone)}." : "");
}
