namespace DeployHub.Domain.Inventory;

/// <summary>What is looked at on every target of an environment outside of runs.</summary>
/// <param name="Every">The pause between two looks, such as <c>15m</c>; null looks only when somebody asks.</param>
public sealed record DriftWatch(IReadOnlyList<WatchedFact> Facts, string? Every);
