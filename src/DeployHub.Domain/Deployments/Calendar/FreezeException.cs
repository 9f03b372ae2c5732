using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>What a planner says who asks for an exception.</summary>
/// <param name="Justification">Why it cannot wait.</param>
/// <param name="Impact">What waiting would cost.</param>
/// <param name="OnCall">Who stays reachable, and until when.</param>
/// <param name="Rollback">How long leading back takes.</param>
/// <param name="Until">By when it should be over.</param>
public sealed record ExceptionRequest(string Justification, string Impact, string OnCall, TimeSpan Rollback, DateTimeOffset Until);

/// <summary>What has to hold for an exception.</summary>
/// <param name="Due">By when it has to be met; null for as long as the exception lasts.</param>
/// <param name="BeforeStart">No run starts before it is met.</param>
public sealed record AskedCondition(string Text, DateTimeOffset? Due = null, bool BeforeStart = false);

/// <summary>A decision that allows one deployment, as it is planned, to start within one time of a freeze, until a stated time (domain §1.4).</summary>
public sealed class FreezeException
{
    private FreezeException() { }

    public FreezeExceptionId Id { get; private init; }

    /// <summary>Such as <c>EXC-2026-000007</c>.</summary>
    public string Number { get; private init; } = "";

    public DeploymentId DeploymentId { get; private init; }

    public FreezeId FreezeId { get; private init; }

    /// <summary>When the freeze begins from which it excepts.</summary>
    public DateTimeOffset FreezeBegins { get; private init; }

    public DateTimeOffset FreezeEnds { get; private init; }

    /// <summary>The plan that it is about.</summary>
    public Digest PlanDigest { get; private set; }

    public string Justification { get; private init; } = "";

    public string Impact { get; private init; } = "";

    public string OnCall { get; private init; } = "";

    public TimeSpan Rollback { get; private init; }

    public DateTimeOffset ProposedUntil { get; private init; }

    /// <summary>The first free slot after the freeze, found when it was asked for: where the deployment goes if the answer is no. Null where none was free, or it is on demand.</summary>
    public Slot? Reserved { get; private set; }

    /// <summary>Until when the answer is waited for before the deployment goes to what is reserved; null where nothing is.</summary>
    public DateTimeOffset? DecideBy { get; private set; }

    public Actor RequestedBy { get; private init; } = Actor.System;

    public DateTimeOffset RequestedAt { get; private init; }

    public FreezeExceptionStatus Status { get; private set; }

    public Actor? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why it was refused, is void or expired, or what was said when it was granted.</summary>
    public string? Reason { get; private set; }

    /// <summary>Until when a run may start with it, and begin further phases; null unless it was granted.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>What has to hold for it; null for nothing.</summary>
    public string? Condition { get; private set; }

    /// <summary>By when it has to be met; null for as long as the exception lasts.</summary>
    public DateTimeOffset? ConditionDue { get; private set; }

    /// <summary>No run starts before it is met.</summary>
    public bool ConditionBeforeStart { get; private set; }

    public Actor? ConditionMetBy { get; private set; }

    public DateTimeOffset? ConditionMetAt { get; private set; }

    public string? ConditionNote { get; private set; }

    /// <summary>Who said that its condition is met, and how; null while nobody has.</summary>
    public MetCondition? ConditionMet => ConditionMetBy is { } by ? new MetCondition(ConditionNote ?? "", by, ConditionMetAt!.Value) : null;

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>Number of the run that started with it.</summary>
    public int? UsedByRun { get; private set; }

    public bool IsOpen => Status is FreezeExceptionStatus.Requested or FreezeExceptionStatus.Granted;

    /// <summary>Somebody still has to say that its condition is met.</summary>
    public bool OwesCondition => Condition is not null && ConditionMetAt is null && Status is FreezeExceptionStatus.Granted or FreezeExceptionStatus.Used;

    /// <summary>The slot that is kept free for its deployment as long as nobody has decided; null for none.</summary>
    public Slot? Reservation => Status is FreezeExceptionStatus.Requested ? Reserved : null;

    /// <summary>Until when it is granted, or was asked for.</summary>
    private DateTimeOffset Until => ExpiresAt ?? ProposedUntil;

    /// <summary>When time alone ends it: at its expiry, or while nobody has decided when that is waited for no longer.</summary>
    public DateTimeOffset OverAt => ExpiresAt ?? DecideBy ?? FreezeEnds;

    /// <param name="needs">The time from the deployment's start to its end, as planned and as measured.</param>
    /// <param name="free">The first slot after the freeze that is free; null where none is.</param>
    public static Result<FreezeException> Request(
        string number, Deployment deployment, FreezeTime freeze, Occurrence needs, ExceptionRequest request, Actor by, DateTimeOffset at, Slot? free = null)
    {
        if (deployment.IsOver) return FreezeExceptionErrors.DeploymentOver(deployment.Number);
        if (!freeze.When.Overlaps(needs)) return FreezeExceptionErrors.NotInTheWay(freeze.Freeze.Number, freeze.Freeze.Name);
        if (freeze.Freeze.Exempts(deployment.Plan.Category)) return FreezeExceptionErrors.NotNeeded(freeze.Freeze.Name, deployment.Plan.Category);
        if (UntilObjection(request.Until, freeze.When.End, at, "Until") is { } wrong) return wrong;
        if (request.Until <= Meeting(needs.Start, freeze.When.Start)) return FreezeExceptionErrors.UntilBeforeStart("Until", Meeting(needs.Start, freeze.When.Start));

        return new FreezeException
        {
            Id = FreezeExceptionId.New(),
            Number = number,
            DeploymentId = deployment.Id,
            FreezeId = freeze.Freeze.Id,
            FreezeBegins = freeze.When.Start,
            FreezeEnds = freeze.When.End,
            PlanDigest = deployment.PlanDigest,
            Justification = request.Justification,
            Impact = request.Impact,
            OnCall = request.OnCall,
            Rollback = request.Rollback,
            ProposedUntil = request.Until,
            Reserved = deployment.Slot is null ? null : free,
            DecideBy = free is null ? null : WaitedUntil(deployment.Slot, freeze.When, at),
            RequestedBy = by,
            RequestedAt = at,
        };
    }

    /// <param name="plan">The digest of the plan as it is now.</param>
    /// <param name="operators">Who started runs of the deployment.</param>
    public Result Grant(
        Freeze freeze, Digest plan, DateTimeOffset until, AskedCondition? condition, string? reason, IReadOnlyCollection<ApproverQuality> qualities, IReadOnlyCollection<Actor> operators, Actor by, DateTimeOffset at)
    {
        if (Guard(FreezeExceptionTrigger.Grant, freeze, qualities, operators, by) is { } refusal) return refusal;
        if (plan != PlanDigest) return FreezeExceptionErrors.PlanChanged(Number);
        if (UntilObjection(until, FreezeEnds, at, "Until") is { } wrong) return wrong;

        if (condition?.Due is { } due && (due <= at || due > until)) return FreezeExceptionErrors.ConditionDue(until);

        (ExpiresAt, Condition, ConditionDue, ConditionBeforeStart) = (until, condition?.Text.Trim(), condition?.Due, condition is { BeforeStart: true });
        return Decide(FreezeExceptionTrigger.Grant, reason, by, at);
    }

    public Result Refuse(Freeze freeze, string reason, IReadOnlyCollection<ApproverQuality> qualities, IReadOnlyCollection<Actor> operators, Actor by, DateTimeOffset at) =>
        Guard(FreezeExceptionTrigger.Refuse, freeze, qualities, operators, by) is { } refusal ? refusal : Decide(FreezeExceptionTrigger.Refuse, reason, by, at);

    /// <summary>The plan only waits longer now, for others of a campaign: what was asked or decided about it stays.</summary>
    public void Carry(Digest before, Digest now)
    {
        if (IsOpen && PlanDigest == before) PlanDigest = now;
    }

    /// <summary>
    /// The deployment has another slot within the same time of the freeze: an answer is waited for as long as that one allows. What runs on demand goes
    /// nowhere, so nothing is kept for it any more.
    /// </summary>
    public void Follow(Slot? slot, DateTimeOffset at)
    {
        if (Reservation is null) return;

        var freeze = new Occurrence(FreezeBegins, FreezeEnds);
        if (slot is null) (Reserved, DecideBy) = (null, null);
        else if (WaitedUntil(slot, freeze, RequestedAt) != DecideBy) DecideBy = WaitedUntil(slot, freeze, at);
    }

    /// <summary>Why nobody decided about the deployment as it is now; null where somebody did, or still may.</summary>
    /// <param name="needs">The time from the deployment's start to its end, where that is still to come.</param>
    public string? VoidReason(Deployment deployment, Occurrence? needs, Actor by)
    {
        if (deployment.IsOver) return $"{deployment.Number} is over.";
        if (deployment.PlanDigest != PlanDigest) return $"{by.Name} edited the plan to {deployment.PlanDigest.Short}; the exception was about {PlanDigest.Short}.";
        if (needs is not { } time) return null;
        if (!IsAbout(time)) return $"{by.Name} moved the deployment out of the freeze that it was about.";
        return LastsUntil(time.Start) ? null : $"{by.Name} moved the deployment behind {Until:yyyy-MM-dd HH:mm} UTC, when the exception is over.";
    }

    /// <summary>It is about something else by now.</summary>
    public Result Void(string reason)
    {
        var moved = Move(FreezeExceptionTrigger.Void);
        if (moved.Error is null) Reason = reason;
        return moved;
    }

    /// <summary>Its time is over. Refused with <c>freeze-exception.not-over</c> before.</summary>
    public Result Expire(DateTimeOffset at)
    {
        if (at < OverAt) return FreezeExceptionErrors.NotOver(Number, OverAt);

        var reason = (Status, DecideBy) switch
        {
            (FreezeExceptionStatus.Requested, { } by) => $"Nobody decided by {by:yyyy-MM-dd HH:mm} UTC.",
            (FreezeExceptionStatus.Requested, _) => "Nobody decided before the freeze was over.",
            _ => "No run started in time.",
        };
        var moved = Move(FreezeExceptionTrigger.Expire);
        if (moved.Error is null) Reason = reason;
        return moved;
    }

    /// <summary>One run starts with it; whoever granted it may not start that (SOD-4).</summary>
    public Result Use(int run, Actor by, DateTimeOffset at)
    {
        if (DecidedBy?.Is(by) == true) return FreezeExceptionErrors.DeciderMayNotStart(by);

        var moved = Move(FreezeExceptionTrigger.Use);
        if (moved.Error is null) (UsedAt, UsedByRun) = (at, run);
        return moved;
    }

    /// <param name="note">How it was met.</param>
    public Result MeetCondition(string note, Actor by, DateTimeOffset at)
    {
        if (!OwesCondition) return FreezeExceptionErrors.NoConditionOwed(Number);

        (ConditionMetBy, ConditionMetAt, ConditionNote) = (by, at, note);
        return Result.Success;
    }

    /// <summary>Lets a run start, or begin a phase, in spite of a time of the freeze.</summary>
    /// <param name="run">The run under way; 0 where one is about to start.</param>
    public bool Covers(FreezeTime freeze, Digest plan, int run, DateTimeOffset at) =>
        FreezeId == freeze.Freeze.Id && freeze.When.Start < FreezeEnds && FreezeBegins < freeze.When.End && IsInForce(plan, run, at);

    /// <summary>It was asked for or granted, for this plan and that time of the freeze, and lasts until the deployment gets there: the slot may stay, and the start gate decides.</summary>
    /// <param name="start">When the deployment starts.</param>
    public bool Answers(FreezeTime freeze, Digest plan, DateTimeOffset start) =>
        IsOpen && PlanDigest == plan && LastsUntil(start) && FreezeId == freeze.Freeze.Id && freeze.When.Start < FreezeEnds && FreezeBegins < freeze.When.End;

    /// <summary>The time of the freeze that it is about is still in the way of what the deployment needs.</summary>
    public bool IsAbout(Occurrence needs) => FreezeBegins < needs.End && needs.Start < FreezeEnds;

    /// <summary>What it is to a slot that it answers for.</summary>
    /// <param name="freeze">The freeze's name.</param>
    public string PassageSentence(string freeze) => Status is FreezeExceptionStatus.Requested
        ? $"“{freeze}” holds then, and nobody has decided about {Number} yet."
        : $"“{freeze}” holds then, and {Number} lets it start until {Until:yyyy-MM-dd HH:mm} UTC.";

    /// <summary>Granted for this plan and not over, or used by the run under way.</summary>
    public bool IsInForce(Digest plan, int run, DateTimeOffset at) =>
        PlanDigest == plan && at < ExpiresAt && (Status is FreezeExceptionStatus.Granted || (Status is FreezeExceptionStatus.Used && run > 0 && UsedByRun == run));

    private Error? Guard(FreezeExceptionTrigger on, Freeze freeze, IReadOnlyCollection<ApproverQuality> qualities, IReadOnlyCollection<Actor> operators, Actor by)
    {
        if (by.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
        return FreezeExceptionMoves.Table.Next(Status, on).Error is { } over ? over : Objection(freeze, qualities, operators, by);
    }

    /// <summary>Why a person may not decide about it (SOD-4); null when they may.</summary>
    public Error? Objection(Freeze freeze, IReadOnlyCollection<ApproverQuality> qualities, IReadOnlyCollection<Actor> operators, Actor by)
    {
        if (!freeze.Approver.Is(by, qualities)) return FreezeExceptionErrors.NotTheApprover(freeze);
        return RequestedBy.Is(by) || operators.Any(by.Is) ? FreezeExceptionErrors.MayNotDecide(by, freeze) : null;
    }

    private Result Decide(FreezeExceptionTrigger on, string? reason, Actor by, DateTimeOffset at)
    {
        (DecidedBy, DecidedAt, Reason) = (by, at, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        return Move(on);
    }

    private Result Move(FreezeExceptionTrigger on)
    {
        var next = FreezeExceptionMoves.Table.Next(Status, on);
        if (next.Error is { } refusal) return refusal;

        Status = next.Value;
        return Result.Success;
    }

    /// <summary>Until the slot begins; where it has begun, until the freeze does, and else until the slot is over. Null for on demand, and for what is past all of that.</summary>
    private static DateTimeOffset? WaitedUntil(Slot? slot, Occurrence freeze, DateTimeOffset at) =>
        slot is null ? null : new[] { slot.Start, freeze.Start, slot.End }.Where(moment => moment > at).Select(moment => (DateTimeOffset?)moment).FirstOrDefault();

    private bool LastsUntil(DateTimeOffset start) => Meeting(start, FreezeBegins) < Until;

    /// <summary>What starts before the freeze meets it when it begins.</summary>
    private static DateTimeOffset Meeting(DateTimeOffset start, DateTimeOffset freezeBegins) => start > freezeBegins ? start : freezeBegins;

    private static Error? UntilObjection(DateTimeOffset until, DateTimeOffset freezeEnds, DateTimeOffset at, string field) =>
        until <= at ? FreezeExceptionErrors.UntilPast(field) : until > freezeEnds ? FreezeExceptionErrors.UntilAfterFreeze(field, freezeEnds) : null;
}
