using DeployHub.Domain.Deployments.ChangeTools;

namespace DeployHub.Domain.Deployments;

/// <summary>The change in the organisation's change tool (domain §2.4.2, “change in authorised state (if linked)”).</summary>
public static partial class StartGates
{
    /// <summary>None where the plan names no change of a connected tool: DeployHub's own approval is the authorisation then.</summary>
    private static IEnumerable<Gate> Change(Deployment deployment, ChangeStanding? change, DateTimeOffset now)
    {
        if (change is null) return [];

        var objection = change.Objection(deployment.IsUnderWay, now);
        return [new Gate(GateKind.Change, objection is null, objection ?? change.Sentence(deployment.Slot, now))];
    }
}
