using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Deployments;

/// <summary>How a deployment follows what it risks (domain §2.6).</summary>
public sealed partial class Deployment
{
    /// <summary>Null until it is submitted, and for those from before risks were computed.</summary>
    public Risk? Risk { get; private set; }

    /// <summary>
    /// A person judges otherwise than the factors do. Anybody raises; an approver who did not plan it lowers, and never below what the specification
    /// sets. The approvals that the policy needs follow.
    /// </summary>
    /// <param name="needed">Gives the approvals that a band needs.</param>
    /// <param name="isApprover">The person holds the role approver here.</param>
    /// <param name="isAuthor">The person is among the authors of the change (SOD-2).</param>
    public Result ChangeRisk(
        RiskBand to, Func<RiskBand, IReadOnlyList<NeededApproval>> needed, bool isApprover, string reason, Actor by, DateTimeOffset at, bool isAuthor = false)
    {
        if (Risk is not { } risk || Status is not (DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return RiskErrors.NotAssessed;
        if (to == risk.Band) return RiskErrors.Same;
        if (by.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
        if (to < risk.Band && Objection(risk, to, isApprover, isAuthor, by) is { } refusal) return refusal;

        var change = new RiskChange(risk.Band, to, reason, by, at);
        Risk = risk with { Changes = [.. risk.Changes, change] };
        return Adapt(needed(to), $"{by.Name} {(change.Raises ? "raised" : "lowered")} the risk from {Words.Of(change.From)} to {Words.Of(to)}: {reason}", by, at);
    }

    /// <summary>The factors are computed again, such as for another slot; the approvals that the policy needs follow.</summary>
    /// <param name="needed">The approvals that the band needs.</param>
    public Result Reassess(Risk risk, Func<RiskBand, IReadOnlyList<NeededApproval>> needed, Actor by, DateTimeOffset at)
    {
        if (Risk is not { } before || Status is not (DeploymentStatus.InReview or DeploymentStatus.Scheduled)) return Result.Success;

        Risk = AfterBefore(risk);
        return FollowBand(before.Band, needed(Risk.Band), by, at);
    }

    /// <summary>Somebody who lowered the risk to what it is may not be the only one who approves it.</summary>
    private bool HasLowered(Actor person) => Risk?.Changes.Any(change => !change.Raises && change.By.Is(person)) == true;

    private Risk AfterBefore(Risk risk) => risk.After(Risk, isOnDemand: Slot is null);

    private Result FollowBand(RiskBand? before, IReadOnlyList<NeededApproval> needed, Actor by, DateTimeOffset at) => Risk is not { } risk || before is not { } was || risk.Band == was
        ? Result.Success
        : Adapt(needed, $"The risk is {Words.Of(risk.Band)} now, and was {Words.Of(was)}.", by, at);

    private Error? Objection(Risk risk, RiskBand to, bool isApprover, bool isAuthor, Actor by)
    {
        if (!isApprover) return RiskErrors.OnlyApproversLower;
        if (Planners.Any(by.Is)) return RiskErrors.PlannerMayNotLower(by);
        if (isAuthor) return RiskErrors.AuthorMayNotLower(by);
        return to is RiskBand.Low && risk.Floor is { } floor ? RiskErrors.AtFloor(floor) : null;
    }

    /// <summary>What is not asked for yet is asked, what is needed no more is asked no more; what was approved stays. A broken glass stays broken: all of it is owed already.</summary>
    private Result Adapt(IReadOnlyList<NeededApproval> needed, string text, Actor by, DateTimeOffset at)
    {
        if (BrokenGlass is not null)
        {
            Append("ChangeRisk", text, by, at);
            return Result.Success;
        }

        var open = Approvals.Where(approval => approval.Status is ApprovalStatus.Approved or ApprovalStatus.Pending).ToList();
        var missing = new List<NeededApproval>();
        foreach (var slot in needed)
            if (open.OrderByDescending(approval => approval.Status).FirstOrDefault(approval => approval.Fills(slot)) is { } filled) open.Remove(filled);
            else missing.Add(slot);
        foreach (var spare in open.Where(approval => approval.Status is ApprovalStatus.Pending)) spare.Status = ApprovalStatus.Void;

        OpenApprovals(missing, at);
        if (Status is DeploymentStatus.Scheduled && missing.Count > 0) return Move(DeploymentTrigger.ChangeRisk, text, by, at);

        Append("ChangeRisk", text, by, at);
        return Status is DeploymentStatus.InReview ? AuthoriseWhenComplete(at) : Result.Success;
    }
}
