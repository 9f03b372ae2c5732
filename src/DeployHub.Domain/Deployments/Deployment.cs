using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>One intended movement of component versions into one environment, from request to record: the moves of people.</summary>
public sealed partial class Deployment
{
    private readonly List<DeploymentEvent> _newEvents = [];

    private Deployment() { }

    public DeploymentId Id { get; private init; }

    /// <summary>Gapless a year, such as <c>DEP-2026-000123</c>.</summary>
    public string Number { get; private init; } = "";

    public ServiceId ServiceId { get; private init; }

    public EnvironmentId EnvironmentId { get; private init; }

    public ModelVersionId ModelVersionId { get; private set; }

    public string Title { get; private set; } = "";

    public string Description { get; private set; } = "";

    public DeploymentStatus Status { get; private set; }

    public Plan Plan { get; private set; } = null!;

    /// <summary>Kept beside the plan so that lists and approvers can compare without the document.</summary>
    public Digest PlanDigest { get; private set; }

    /// <summary>Null means on demand.</summary>
    public Slot? Slot { get; private set; }

    /// <summary>Everybody who made a material edit; none of them may approve (SOD-1).</summary>
    public IReadOnlyList<Actor> Planners { get; private set; } = [];

    /// <summary>The accountable deployment owner: who planned it first.</summary>
    public Actor Owner { get; private init; } = Actor.System;

    public IReadOnlyList<Approval> Approvals { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? ScheduledAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public Outcome? Outcome { get; private set; }

    /// <summary>The deployment that fixes this one forward; null where nobody chose that.</summary>
    public DeploymentId? SupersededBy { get; private set; }

    /// <summary>Planned targets that it left without the versions when it ended partially deployed.</summary>
    public IReadOnlyList<PlannedTarget> Residual { get; private set; } = [];

    /// <summary>The deployment whose residual targets this one is for; null for any other.</summary>
    public DeploymentId? ResidualOf { get; private set; }

    public int RunCount { get; private set; }

    public int EventCount { get; private set; }

    public static Deployment Create(
        string number, ServiceId service, EnvironmentId environment, ModelVersionId model, string title, string description, Plan plan, Slot? slot, Actor by, DateTimeOffset at)
    {
        var deployment = new Deployment
        {
            Id = DeploymentId.New(),
            Number = number,
            ServiceId = service,
            EnvironmentId = environment,
            ModelVersionId = model,
            Title = title,
            Description = description,
            Plan = plan,
            PlanDigest = plan.Digest,
            Slot = slot,
            Owner = by,
            Planners = [by],
            CreatedAt = at,
        };
        deployment.Append("Create", $"{by.Name} planned {number}.", by, at);
        return deployment;
    }

    /// <summary>What happened since it was loaded, to be stored with it.</summary>
    public IReadOnlyList<DeploymentEvent> TakeNewEvents()
    {
        DeploymentEvent[] taken = [.. _newEvents];
        _newEvents.Clear();
        return taken;
    }

    /// <summary>Back to draft, to change it; approvals are void.</summary>
    public Result Recall(string reason, Actor by, DateTimeOffset at)
    {
        var moved = Move(DeploymentTrigger.Recall, $"{by.Name} recalled the plan: {reason}", by, at);
        if (moved.Error is null) VoidApprovals();
        return moved;
    }

    /// <summary>
    /// Changes words freely; a materially different plan voids approvals and reviews again, unless it only narrows (domain §2.4.2).
    /// </summary>
    /// <param name="risk">What the plan risks as it is now; null leaves that to its submission.</param>
    /// <param name="authorised">What authorises it as a standard change; null for any other.</param>
    public Result Edit(
        string title, string description, ModelVersionId model, Plan plan, Slot? slot, IReadOnlyList<NeededApproval> needed, Actor by, DateTimeOffset at,
        Risk? risk = null, StandardAuthorisation? authorised = null)
    {
        if (Status is not (DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return DeploymentErrors.NotEditable;

        if (Status is not DeploymentStatus.Draft && NotFit(plan, authorised) is { } unfit) return unfit;

        if (plan.Digest == PlanDigest && slot != Slot && ChooseStart(by) is { } mayNot) return mayNot;

        var (before, digestBefore, bandBefore, isMoved) = (Plan, PlanDigest, Risk?.Band, slot != Slot && Status is not DeploymentStatus.Draft);
        (Title, Description) = (title, description);
        TakeSlot(slot);
        if (plan.Digest == PlanDigest && model != ModelVersionId)
        {
            (Plan, ModelVersionId, Migration) = (plan, model, null);
            Append("Edit", $"{by.Name} took over v{plan.ModelVersion} of {plan.Model}, which says the same; approvals stay.", by, at);
            return isMoved ? MovedByEdit(needed, risk, by, at) : Result.Success;
        }

        if (plan.Digest == PlanDigest)
        {
            Append("Edit", $"{by.Name} edited words or times; the plan is the same.", by, at);
            return isMoved ? MovedByEdit(needed, risk, by, at) : Result.Success;
        }

        if (model != ModelVersionId) Migration = null;
        (Plan, PlanDigest, ModelVersionId) = (plan, plan.Digest, model);
        Planners = [.. Planners.Where(planner => !planner.Is(by)), by];
        var approvedIt = Approvals.Any(approval => approval is { Status: ApprovalStatus.Approved } && approval.DecidedBy!.Is(by)); // and would now be planner and approver in one (SOD-1)
        (Risk, Authorisation) = (risk is null ? Risk : AfterBefore(risk), authorised);
        if (Status is DeploymentStatus.Draft || (plan.Narrows(before) && !approvedIt))
        {
            if (Status is not DeploymentStatus.Draft) CarryAlignments(digestBefore, by);
            Append("Edit", $"{by.Name} edited the plan to {PlanDigest.Short}.", by, at);
            if (isMoved) TellMove("with an edit of the plan.", by, at);
            if (isMoved && ReviewOutsideWindow(at).Error is { } refusal) return refusal;
            return Status is DeploymentStatus.Draft ? Result.Success : FollowBand(bandBefore, needed, by, at);
        }

        VoidApprovals();
        if (isMoved) TellMove("with an edit of the plan.", by, at);
        var moved = Move(DeploymentTrigger.EditMaterial, $"{by.Name} edited the plan to {PlanDigest.Short}; approvals are void.", by, at);
        if (moved.Error is not null) return moved;

        OpenApprovals(needed, at);
        return AuthoriseWhenComplete(at);
    }

    /// <param name="slot">Null makes it on demand.</param>
    public Result Reschedule(Slot? slot, string reason, Actor by, DateTimeOffset at)
    {
        if (Status is not (DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return DeploymentErrors.NotEditable;

        if (slot is null && Plan.Start is StartMode.AtSlot) return DeploymentErrors.SlotNeededToStart;

        if (slot != Slot && ChooseStart(by) is { } mayNot) return mayNot;

        TakeSlot(slot);
        TellMove(reason, by, at);
        return ReviewOutsideWindow(at);
    }

    /// <summary>Another time is another risk, whichever way it came to it.</summary>
    private Result MovedByEdit(IReadOnlyList<NeededApproval> needed, Risk? risk, Actor by, DateTimeOffset at)
    {
        TellMove("with an edit of words or times.", by, at);
        if (ReviewOutsideWindow(at).Error is { } refusal) return refusal;
        return risk is null ? Result.Success : Reassess(risk, _ => needed, by, at);
    }

    private void TellMove(string reason, Actor by, DateTimeOffset at) =>
        Append("Reschedule", $"{by.Name} moved it to {(Slot is null ? "on demand" : $"{Slot.Start:yyyy-MM-dd HH:mm} UTC")}: {reason}", by, at);

    /// <summary>More time for a run under way. The end of its slot only ever moves to a later time.</summary>
    public void ExtendSlot(DateTimeOffset until, Actor by, DateTimeOffset at)
    {
        if (Slot is not { } slot || slot.End >= until) return;

        Slot = slot with { End = until };
        Append("ExtendSlot", $"{by.Name} extended the slot until {until:yyyy-MM-dd HH:mm} UTC.", by, at);
    }

    public Result Cancel(string reason, Actor by, DateTimeOffset at) => Move(DeploymentTrigger.Cancel, $"{by.Name} cancelled it: {reason}", by, at);

    private Result Move(DeploymentTrigger on, string text, Actor by, DateTimeOffset at)
    {
        var next = DeploymentMoves.Table.Next(Status, on);
        if (next.Error is { } refusal) return refusal;

        Status = next.Value;
        Append(on.ToString(), text, by, at);
        return Result.Success;
    }

    private void Append(string kind, string text, Actor by, DateTimeOffset at)
    {
        _newEvents.Add(DeploymentEvent.Of(this, ++EventCount, kind, text, by, at));
        WindApprovalClock();
    }
}
