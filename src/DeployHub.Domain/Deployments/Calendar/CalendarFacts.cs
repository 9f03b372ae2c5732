namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>What windows, freezes and exceptions say of one deployment, from a moment on.</summary>
/// <param name="Exceptions">Those that were asked for, for this deployment.</param>
/// <param name="Owner">Who owns the environment: whom to ask for a window.</param>
public sealed record CalendarFacts(OpenTimes Times, IReadOnlyList<FreezeException> Exceptions, string Owner)
{
    /// <summary>What is looked for where neither a slot nor a run says how long it takes.</summary>
    private static readonly TimeSpan OnDemand = TimeSpan.FromHours(1);

    /// <summary>What 85 of 100 runs take, by those before, or by its steps where too few say so; null where nothing does.</summary>
    public TimeSpan? Takes { get; init; }

    /// <summary>What another run holds and this one needs; null for nothing.</summary>
    public AwaitedLock? Lock { get; init; }

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

    /// <summary>
    /// The time that a deployment needs: its slot, and longer where runs take longer or what it needs is held by another; from now on where it has none
    /// or that has begun.
    /// </summary>
    public Occurrence Needs(Deployment deployment, DateTimeOffset at)
    {
        var start = BeginOf(deployment, at);
        var end = deployment.Slot is { } planned && planned.End > start + (Takes ?? TimeSpan.Zero) ? planned.End : start + (Takes ?? TimeSpan.Zero);
        return new Occurrence(start, end > start ? end : start.AddMinutes(1));
    }

    /// <summary>How long a slot has to be for it, in whole minutes: as long as its own, and longer where runs take longer.</summary>
    public TimeSpan LengthFor(Deployment deployment)
    {
        var planned = deployment.Slot is { } slot ? slot.End - slot.Start : Takes ?? OnDemand;
        return TimeSpan.FromMinutes(Math.Ceiling((Takes > planned ? Takes.Value : planned).TotalMinutes));
    }

    /// <summary>Freezes in the way of what it needs that no exception answers, whether asked for, granted or in use.</summary>
    public IReadOnlyList<FreezeTime> InTheWay(Deployment deployment, DateTimeOffset at)
    {
        var needs = Needs(deployment, at);
        return
        [
            .. Times.FreezesDuring(needs, deployment.Plan.Category)
                .Where(freeze => !Exceptions.Any(exception => exception.Answers(freeze, deployment.PlanDigest, needs.Start)) && Passing(deployment, freeze, at) is null),
        ];
    }

    /// <summary>
    /// What begins or closes before its run is expected to be over; null for nothing. What its slot itself runs into is refused elsewhere, and a run that
    /// moves says by itself when it ends.
    /// </summary>
    public LateFinish? Late(Deployment deployment, DateTimeOffset at)
    {
        if (deployment.IsOver || (deployment.IsUnderWay && Lock is null)) return null;

        var (planned, begins) = (PlannedBegin(deployment, at), BeginOf(deployment, at));
        var slotEnd = deployment.Slot?.End > planned ? deployment.Slot.End : planned;
        var freeze = InTheWay(deployment, at).FirstOrDefault(time => time.When.Start > planned && time.When.Start >= slotEnd);
        var window = ClosingBefore(deployment, planned, slotEnd, begins + (Takes ?? TimeSpan.Zero));
        var waitsFor = begins > planned ? Lock : null;
        if (freeze is not null && !(window?.When.End < freeze.When.Start))
            return new LateFinish(freeze.Freeze.Number, freeze.Freeze.Name, freeze.When.Start, freeze.Freeze.When.Zone, Takes, waitsFor);

        return window is null ? null : new LateFinish(null, window.Window.Name, window.When.End, window.Window.When.Zone, Takes, waitsFor);
    }

    /// <summary>The window around its planned beginning, where that closes after its slot and before it is over. Windows do not bind an emergency.</summary>
    private WindowTime? ClosingBefore(Deployment deployment, DateTimeOffset planned, DateTimeOffset slotEnd, DateTimeOffset over) =>
        !Times.IsUnbound && deployment.Plan.Category is not ChangeCategory.Emergency && Times.OpenAround(planned) is { } open && slotEnd <= open.End && open.End < over
            ? Times.Windows.FirstOrDefault(window => window.When.End == open.End)
            : null;

    /// <summary>Once what it needs is free.</summary>
    private DateTimeOffset BeginOf(Deployment deployment, DateTimeOffset at) => PlannedBegin(deployment, at) is var planned && Lock?.Until > planned ? Lock.Until : planned;

    private static DateTimeOffset PlannedBegin(Deployment deployment, DateTimeOffset at) => deployment.Slot is { } slot && slot.Start > at ? slot.Start : at;

    private static int RunOf(Deployment deployment) => deployment.Status is DeploymentStatus.InProgress or DeploymentStatus.Halted ? deployment.RunCount : 0;
}
