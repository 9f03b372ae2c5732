using DeployHub.Domain.Deployments.Relations;

namespace DeployHub.Domain.Deployments;

/// <summary>What comes before (domain §2.4.2, dependencies).</summary>
public static partial class StartGates
{
    /// <summary>None where the plan starts after no other one. What started does not wait any more.</summary>
    private static IEnumerable<Gate> Dependencies(Deployment deployment, IReadOnlyList<PredecessorStanding> predecessors)
    {
        if (predecessors.Count == 0 || deployment.IsUnderWay) return [];

        var objections = predecessors.Select(predecessor => predecessor.Objection).OfType<string>().ToList();
        return
        [
            new Gate(GateKind.Dependencies, objections.Count == 0, objections.Count == 0
                ? $"{Words.List(predecessors.Select(predecessor => predecessor.Number))} came before."
                : string.Join(' ', objections)),
        ];
    }
}
