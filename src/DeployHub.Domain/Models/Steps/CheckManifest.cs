namespace DeployHub.Domain.Models.Steps;

/// <summary>Checks the content manifest of a version without bytes against its registered digest.</summary>
/// <param name="Required">Entries that must be there and not empty.</param>
public sealed record CheckManifest(IReadOnlyList<string>? Required = null) : ComponentCheck;
