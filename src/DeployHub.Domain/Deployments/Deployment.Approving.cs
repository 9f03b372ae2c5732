using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Deployments;

/// <summary>How people agree to a plan (domain §2.3.2).</summary>
public sealed partial class Deployment
{
    /// <summary>What authorises a standard change; null for any other.</summary>
    public StandardAuthorisation? Authorisation { get; private set; }

    /// <summary>Asks for the approvals that the policy needs; none needed schedules it at once.</summary>
    /// <param name="risk">What the plan risks; null where that is of no interest, as in a simulation.</param>
    /// <param name="authorised">What authorises it as a standard change; null for any other.</param>
    public Result Submit(IReadOnlyList<NeededApproval> needed, Actor by, DateTimeOffset at, Risk? risk = null, StandardAuthorisation? authorised = null)
    {
        if (NotFit(Plan, authorised) is { } unfit) return unfit;

        var moved = Move(DeploymentTrigger.Submit, $"{by.Name} submitted the plan {PlanDigest.Short}.", by, at);
        if (moved.Error is not null) return moved;

        SubmittedAt ??= at;
        (Risk, Authorisation) = (risk is null ? null : AfterBefore(risk), authorised);
        OpenApprovals(needed, at);
        ForgetUnanswered();
        return AuthoriseWhenComplete(at);
    }

    /// <summary>One person's yes to one plan digest.</summary>
    /// <param name="seen">The digest that the person saw.</param>
    /// <param name="isAuthor">The person is among the authors of the change, and so never the only approver (SOD-2).</param>
    /// <param name="covers">Those whose deputy the person is today (SOD-11).</param>
    /// <param name="window">The stretch that windows open around the slot, for which it holds; null where none binds it.</param>
    public Result Approve(
        Digest seen, IReadOnlyCollection<Role> roles, IReadOnlyCollection<ApproverQuality> qualities, string? reason, Actor by, DateTimeOffset at,
        bool isAuthor = false, IReadOnlyList<Actor>? covers = null, Slot? window = null)
    {
        if (Guard(seen, by) is { } refusal) return refusal;

        var pending = Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).ToList();
        if (SlotFor(pending, roles, qualities, by, covers ?? []) is not { } slot) return DeploymentErrors.NotQualified(pending[0].Slot);
        if (Approvals.Any(approval => approval is { Status: ApprovalStatus.Approved } && approval.DecidedBy!.Is(by))) return DeploymentErrors.AlreadyApproved;
        if (pending.Count == 1 && (isAuthor || HasLowered(by)) && GivenByPeople.All(IsPartial))
            return isAuthor ? ApprovalErrors.SoleAuthor(by) : ApprovalErrors.SoleLowerer(by);

        Decide(slot, ApprovalStatus.Approved, seen, reason, by, at, covers ?? []);
        (slot.ByAuthor, slot.Window) = (isAuthor, window);
        Append("Approve", $"{Decider(slot)} approved plan {seen.Short}{(string.IsNullOrWhiteSpace(reason) ? "." : $": {reason}")}", by, at);
        return AuthoriseWhenComplete(at);
    }

    /// <summary>Back to draft, with the reason: the no of somebody whose yes would count.</summary>
    public Result Reject(
        Digest seen, IReadOnlyCollection<Role> roles, IReadOnlyCollection<ApproverQuality> qualities, string reason, Actor by, DateTimeOffset at, IReadOnlyList<Actor>? covers = null)
    {
        if (Guard(seen, by) is { } refusal) return refusal;

        var pending = Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).ToList();
        if (SlotFor(pending, roles, qualities, by, covers ?? []) is not { } slot) return DeploymentErrors.NotQualified(pending[0].Slot);

        Decide(slot, ApprovalStatus.Rejected, seen, reason, by, at, covers ?? []);
        VoidApprovals(); // what others said or were asked is said and asked anew when it comes back
        return Move(DeploymentTrigger.Reject, $"{Decider(slot)} rejected the plan: {reason}", by, at);
    }

    /// <summary>Takes one's own yes back before anything starts. What was said after a start without approval stays said.</summary>
    public Result WithdrawApproval(string reason, Actor by, DateTimeOffset at)
    {
        if (Status is not (DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return DeploymentErrors.NothingToWithdraw;
        if (Approvals.FirstOrDefault(approval => approval is { Status: ApprovalStatus.Approved, IsLate: false } && approval.DecidedBy!.Is(by)) is not { } mine) return DeploymentErrors.NothingToWithdraw;

        mine.Status = ApprovalStatus.Withdrawn;
        OpenApprovals([mine.Slot], at);
        if (Status is DeploymentStatus.Scheduled) return Move(DeploymentTrigger.WithdrawApproval, $"{by.Name} withdrew the approval: {reason}", by, at);

        Append("WithdrawApproval", $"{by.Name} withdrew the approval: {reason}", by, at);
        return Result.Success;
    }

    /// <summary>Asks another qualified person for a slot first. Both names are kept (SOD-11).</summary>
    /// <param name="number">Of the approval.</param>
    /// <param name="roles">Of whoever passes it on.</param>
    public Result DelegateApproval(
        int number, Actor to, IReadOnlyCollection<Role> toRoles, IReadOnlyCollection<ApproverQuality> toQualities, IReadOnlyCollection<Role> roles,
        IReadOnlyCollection<ApproverQuality> qualities, string reason, Actor by, DateTimeOffset at)
    {
        if (by.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
        if (Status is not DeploymentStatus.InReview || Approvals.FirstOrDefault(approval => approval.Number == number) is not { Status: ApprovalStatus.Pending } slot) return ApprovalErrors.NothingDelegated;
        if (slot.AskedOf?.Is(by) != true && (!ApprovalPolicy.Qualifies(slot.Slot, roles, qualities) || Planners.Any(by.Is))) return DeploymentErrors.NotQualified(slot.Slot);
        if (to.Is(by)) return ApprovalErrors.DelegatedToOneself;
        if (Planners.Any(to.Is)) return DeploymentErrors.PlannerMayNotApprove(to);
        if (!ApprovalPolicy.Qualifies(slot.Slot, toRoles, toQualities)) return ApprovalErrors.DelegateNotQualified(to.Name, slot.Slot);

        (slot.AskedOf, slot.DelegatedBy) = (to, by);
        Append("DelegateApproval", $"{by.Name} asks {to.Name} to decide in their place: {reason}", by, at);
        return Result.Success;
    }

    /// <summary>What keeps a plan from being submitted, and one that is submitted from becoming this.</summary>
    private static Error? NotFit(Plan plan, StandardAuthorisation? authorised) => plan switch
    {
        { Category: ChangeCategory.Emergency, IsLive: true, Incident: null } => ApprovalErrors.ReferenceNeeded,
        { Category: ChangeCategory.Standard } when authorised is null => ApprovalErrors.NotPreAuthorised(plan.Model, plan.ModelVersion, "is not."),
        _ => null,
    };

    /// <summary>By somebody who may approve, but never alone: an author (SOD-2), or who lowered the risk.</summary>
    private bool IsPartial(Approval approval) => approval.ByAuthor || HasLowered(approval.DecidedBy!);

    private IEnumerable<Approval> GivenByPeople => Approvals.Where(approval => approval is { Status: ApprovalStatus.Approved, Change: null });

    /// <summary>Nobody was asked about another time than this.</summary>
    private bool IsAskedAboutThisSlot => Plan.Parties.All(party => CurrentOf(party.Id)?.IsAbout(Slot) == true);

    private Error? Guard(Digest seen, Actor by)
    {
        if (by.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
        if (Status is not DeploymentStatus.InReview || !Approvals.Any(approval => approval.Status is ApprovalStatus.Pending)) return DeploymentErrors.NothingToApprove;
        if (seen != PlanDigest) return DeploymentErrors.DigestChanged;
        return Planners.Any(by.Is) ? DeploymentErrors.PlannerMayNotApprove(by) : null;
    }

    /// <summary>What was asked of the person first, then what few can fill, so that who comes later still finds a slot.</summary>
    private static Approval? SlotFor(List<Approval> pending, IReadOnlyCollection<Role> roles, IReadOnlyCollection<ApproverQuality> qualities, Actor by, IReadOnlyList<Actor> covers) =>
        pending.Where(approval => ApprovalPolicy.Qualifies(approval.Slot, roles, qualities))
            .OrderByDescending(approval => approval.AskedOf?.Is(by) == true)
            .ThenByDescending(approval => approval.AskedOf is { } asked && covers.Any(asked.Is))
            .ThenBy(approval => approval.Quality is ApproverQuality.Peer).ThenByDescending(approval => approval.ByManager).ThenByDescending(approval => approval.ByApprover).FirstOrDefault();

    private static void Decide(Approval slot, ApprovalStatus decision, Digest seen, string? reason, Actor by, DateTimeOffset at, IReadOnlyList<Actor> covers)
    {
        (slot.Status, slot.DecidedBy, slot.DecidedAt, slot.Reason, slot.PlanDigest) = (decision, by, at, reason, seen);
        slot.InPlaceOf = slot.AskedOf is { } asked && !asked.Is(by) ? covers.FirstOrDefault(asked.Is) : slot.AskedOf is null ? null : slot.DelegatedBy;
    }

    private static string Decider(Approval slot) => slot.InPlaceOf is { } absent ? $"{slot.DecidedBy!.Name}, in place of {absent.Name}," : slot.DecidedBy!.Name;

    private void OpenApprovals(IReadOnlyList<NeededApproval> needed, DateTimeOffset at)
    {
        Approvals =
        [
            .. Approvals,
            .. needed.Select((slot, index) => new Approval { Number = Approvals.Count + index + 1, Quality = slot.Quality, ByApprover = slot.ByApprover, ByManager = slot.ByManager, Because = slot.Because.Length > 0 ? slot.Because : null, ChangeMayGive = slot.ChangeMayGive, AskedAt = at }),
        ];
        WindApprovalClock();
    }

    private void VoidApprovals()
    {
        BrokenGlass = null;
        foreach (var approval in Approvals.Where(approval => approval.Status is ApprovalStatus.Approved or ApprovalStatus.Pending or ApprovalStatus.Deferred)) approval.Status = ApprovalStatus.Void;
    }

    private Result AuthoriseWhenComplete(DateTimeOffset at)
    {
        if (Approvals.Any(approval => approval.Status is ApprovalStatus.Pending) || !IsAlignmentSettled || !IsAskedAboutThisSlot) return Result.Success;
        if (GivenByPeople.ToList() is { Count: > 0 } given && given.TrueForAll(IsPartial))
        {
            OpenApprovals([NeededApproval.ByAnother], at);
            return Result.Success;
        }

        ScheduledAt = at;
        var when = Slot is null ? "may start on demand." : $"scheduled for {Slot.Start:yyyy-MM-dd HH:mm} UTC.";
        return Move(DeploymentTrigger.Authorise, Authorisation is { } standard && ApprovalPolicy.IsPreAuthorised(Plan, Risk?.Band ?? RiskBand.Low) ? $"{standard.Sentence[..^1]}; {when}" : Slot is null ? $"Authorised; {when}" : $"Authorised and {when}", Actor.System, at);
    }
}
