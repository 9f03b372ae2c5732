namespace DeployHub.Domain.Models.Steps;

/// <summary>The target answers and is the one we know: the directory is writable, or the SSH host shows its pinned key and lets us in.</summary>
public sealed record CheckReachable : StepSettings;
