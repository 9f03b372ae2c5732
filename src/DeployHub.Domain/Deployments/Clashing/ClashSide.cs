using DeployHub.Domain.Inventory.Dependencies;

namespace DeployHub.Domain.Deployments.Clashing;

/// <summary>One of two deployments that are compared: planned, or being planned.</summary>
/// <param name="Number">Of the deployment; empty while it is being planned.</param>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Owner">Who can be talked to about it.</param>
/// <param name="Versions">What it brings, with what that declares.</param>
/// <param name="Targets">Names.</param>
/// <param name="People">Names of those who have to be there; empty where no plan names any.</param>
public sealed record ClashSide(
    string Number, string Title, Slot Slot, string Environment, string Owner, IReadOnlyList<DeclaringVersion> Versions, IReadOnlyList<string> Targets, IReadOnlyList<string> People)
{
    public IEnumerable<string> Components => Versions.Select(version => version.Component).Distinct();
}
