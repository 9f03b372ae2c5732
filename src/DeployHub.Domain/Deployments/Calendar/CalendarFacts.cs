using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>What windows, freezes and exceptions say of one deployment, from a moment on.</summary>
/// <param name="Exceptions">Those that were asked for, for this deployment.</param>
/// <param name="Owner">Who owns the environment: whom to ask for a window.</param>
public sealed record CalendarFacts(OpenTimes Times, IReadOnlyList<FreezeException> Exceptions, string Owner)
{
    /// <summary>What 85 of 100 runs before took; null when too few say so.</summary>
    public Projection? Usual { get; init; }

    /// <summary>The same with an exception as it is decided now, which nobody has stored yet.</summary>
    public CalendarFacts With(FreezeException decided) => this with { Exceptions = [.. Exceptions.Where(known => known.Id != decided.Id), decided] };

    /// <summary>A granted exception that lets the deployment go on now, as it is planned; the one that lasts longest.</summary>
    public FreezeException? InForce(Deployment deployment, DateTimeOffset at) =>
        Exceptions.Where(exception => exception.IsInForce(deployment.PlanDigest, RunOf(deployment), at)).MaxBy(exception => exception.ExpiresAt);

    /// <summary>The exception that lets it pass a time of a freeze; null where none does.</summary>
    public FreezeException? Passing(Deployment deployment, FreezeTime freeze, DateTimeOffset at) =>
        Exceptions.FirstOrDefault(exception => exception.Covers(freeze, deployment.PlanDigest, RunOf(deployment), at));

    /// <summary>Granted exceptions that let it pass the freezes that hold now.</summary>
    public IReadOnlyCollection<FreezeExceptionId> PassingNow(Deployment deployment, DateTimeOffset at) =>
    [
        .. Times.FreezesAt(at, deployment.Plan.Category).Select(freeze => Passing(deployment, freeze, at)).OfType<FreezeException>()
            .Where(exception => exception.Status is FreezeExceptionStatus.Granted).Select(exception => exception.Id).Distinct(),
    ];

    /// <summary>
    /// When what allows a run ends: the slot, the window, or a freeze that begins, whichever comes first; an exception allows it until its own
    /// expiry instead of the slot and the freeze (domain §2.4.6). Windows do not bind an emergency. Null where nothing bounds it.
    /// </summary>
    public DateTimeOffset? AllowedUntil(Deployment deployment, DateTimeOffset at)
    {
        var window = Times.IsUnbound || deployment.Plan.Category is ChangeCategory.Emergency ? null : Times.OpenAround(at)?.End;
        var slot = InForce(deployment, at)?.ExpiresAt ?? deployment.Slot?.End;
        return new[] { slot, window < Times.Range.End ? window : null, FrozenFrom(deployment, at) }.Min();
    }

    /// <summary>When the first freeze begins, or began, that it may not pass; null where none does in the range.</summary>
    public DateTimeOffset? FrozenFrom(Deployment deployment, DateTimeOffset at) => Times.Freezes
        .Where(freeze => freeze.When.End > at && !freeze.Freeze.Exempts(deployment.Plan.Category))
        .FirstOrDefault(freeze => Passing(deployment, freeze, at) is null)?.When.Start;

    /// <summary>The time that a deployment needs: its slot, and longer where runs before took longer; from now on where it has none or that has begun.</summary>
    public Occurrence Needs(Deployment deployment, DateTimeOffset at)
    {
        var start = deployment.Slot is { } slot && slot.Start > at ? slot.Start : at;
        var usual = start + (Usual?.Most ?? TimeSpan.Zero);
        var end = deployment.Slot is { } planned && planned.End > usual ? planned.End : usual;
        return new Occurrence(start, end > start ? end : start.AddMinutes(1));
    }

    private static int RunOf(Deployment deployment) => deployment.Status is DeploymentStatus.InProgress or DeploymentStatus.Halted ? deployment.RunCount : 0;
}
