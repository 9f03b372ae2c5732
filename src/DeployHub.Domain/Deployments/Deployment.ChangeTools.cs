using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.ChangeTools;

namespace DeployHub.Domain.Deployments;

/// <summary>What happens to the change that the plan names, in the organisation's change tool.</summary>
public sealed partial class Deployment
{
    /// <summary>The change became authorised there, or is not any more.</summary>
    public void TellChange(ChangeSeen seen, string number, string tool, DateTimeOffset at)
    {
        if (seen.IsAuthorised) Append("AuthoriseChange", $"{number} is authorised: it is {seen.InWords} in {tool}.", Actor.System, at);
        else Append("LoseChange", $"{number} is not authorised any more: {(seen.IsKnown ? $"it is {seen.InWords} in {tool}" : $"{tool} does not know it any more")}. Nothing starts until it is.", Actor.System, at);
    }

    /// <summary>
    /// Where its connection says so, an authorised change stands for the approvals of the table (domain §2.6), until it is authorised no more before a
    /// run starts. What the model, a deviation or the environment asks for stays with people. Looking twice changes nothing.
    /// </summary>
    /// <param name="change">Null where the plan names no change of a connected tool.</param>
    public void FollowChange(ChangeStanding? change, DateTimeOffset at)
    {
        if (!IsToStart) return;

        if (change is null || change.TakesBack) TakeBack(change, at);
        else if (change.Gives(at) is { } given && !WasForAnotherPlan(given)) Give(given, at);
    }

    /// <summary>What the change has to do with the approvals, in a sentence with the next best thing; null where nothing.</summary>
    public string? ApprovalsBy(ChangeStanding? change, DateTimeOffset at)
    {
        if (change is not { StandsForApprovals: true }) return null;

        var (waiting, given) = (Waiting().Count(approval => approval.ChangeMayGive), OfChange.Count());
        if (waiting == 0) return given == 0 ? null : $"{change.Number} stands for {Words.Count(given, "approval")} of this plan.";
        if (change.Gives(at) is not { } gives) return change.StandsFor(waiting);
        return WasForAnotherPlan(gives)
            ? $"{change.Number} was authorised for another plan than {PlanDigest.Short}: have it authorised anew in {change.Tool}, or ask the approvers."
            : $"{change.Number} is authorised, and stands for {Words.Count(waiting, "approval")} once {change.Tool} is asked again.";
    }

    private IEnumerable<Approval> OfChange => Approvals.Where(approval => approval is { Status: ApprovalStatus.Approved, Change: not null });

    /// <summary>One authorisation stands for one plan: nobody there heard of an edit.</summary>
    private bool WasForAnotherPlan(GivenByChange given) => Approvals.Any(approval =>
        approval is { Status: not ApprovalStatus.Approved, Change: { } used } && used.Number == given.Number && used.Since == given.Since && approval.PlanDigest != PlanDigest);

    private void Give(GivenByChange given, DateTimeOffset at)
    {
        var slots = Waiting().Where(approval => approval.ChangeMayGive).ToList();
        if (slots.Count == 0) return;

        foreach (var slot in slots) (slot.Status, slot.Change, slot.DecidedBy, slot.DecidedAt, slot.PlanDigest) = (ApprovalStatus.Approved, given, given.Authority, at, PlanDigest);
        Append(
            "ApproveByChange",
            $"{given.Number} is {given.State} in {given.Tool}, seen at {given.SeenAt:yyyy-MM-dd HH:mm} UTC: authorised, it stands for {Words.Count(slots.Count, "approval")} of plan {PlanDigest.Short}.",
            Actor.System, at);
        Must(AuthoriseWhenComplete(at));
    }

    private void TakeBack(ChangeStanding? change, DateTimeOffset at)
    {
        var given = OfChange.ToList();
        if (given.Count == 0) return;

        foreach (var approval in given) approval.Status = ApprovalStatus.Withdrawn;
        OpenApprovals([.. given.Select(approval => approval.Slot)], at);
        var text = $"{Why(change, given[0].Change!)} What it stood for is asked for again: {Words.Count(given.Count, "approval")}.";
        if (Status is DeploymentStatus.Scheduled) Must(Move(DeploymentTrigger.WithdrawApproval, text, Actor.System, at));
        else Append("WithdrawApproval", text, Actor.System, at);
    }

    private static string Why(ChangeStanding? change, GivenByChange given) => change switch
    {
        { StandsForApprovals: true, Seen: { IsKnown: true } seen } => $"{given.Number} is {seen.InWords} in {change.Tool}, which is not authorised.",
        { StandsForApprovals: true } => $"{change.Tool} knows no change {given.Number} any more.",
        _ => $"{given.Number} stands for no approval any more, as an administrator changed the connection to {given.Tool}.",
    };
}
