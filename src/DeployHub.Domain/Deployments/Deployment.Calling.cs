using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.Domain.Deployments;

/// <summary>Emergency approvers are called one after the other while the timer runs (domain J5). Whoever may decide, may at any time.</summary>
public sealed partial class Deployment
{
    /// <summary>Calls the first of them at once, and the others while nobody has decided. Where they are called already nothing changes.</summary>
    /// <param name="order">Who may fill the approval that waits, whom to call first at the beginning.</param>
    public void CallInOrder(IReadOnlyList<Actor> order, DateTimeOffset at)
    {
        foreach (var waiting in Waiting().Where(approval => IsEmergency && approval.CallOrder is null)) waiting.CallOrder = [.. order.Where(person => !Planners.Any(person.Is)).Take(ApprovalClock.Calls)];
        CallNext(at);
        WindApprovalClock();
    }

    private void CallNext(DateTimeOffset at)
    {
        foreach (var waiting in Waiting().Where(approval => ApprovalClock.CallsAt(approval) <= at).ToList())
        {
            var (person, isFirst) = (waiting.CallOrder![waiting.Calls.Count], waiting.Calls.Count == 0);
            waiting.Calls = [.. waiting.Calls, new ApproverCall(person, at)];
            Append("CallApprover", $"{person.Name} is called{(isFirst ? " first" : ", since nobody has decided yet")}: {Plan.InWords} for {Plan.Incident} waits for {waiting.Slot.WhoCould}.", Actor.System, at);
        }
    }
}
