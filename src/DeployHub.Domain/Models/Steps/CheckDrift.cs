using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Looks whether the target is as it was left: every fact at once, with one command. What differs is a drift item; a run halts with
/// <c>DriftDetected</c> where a component or a prerequisite differs and keeps anything else as evidence. What cannot be read is inconclusive.
/// </summary>
/// <param name="Facts">What must not have changed: 1 to 50 facts.</param>
public sealed record CheckDrift(IReadOnlyList<WatchedFact> Facts) : StepSettings;
