namespace DeployHub.Domain.Models.Steps;

/// <summary>Fetches every artefact of the version from its definitive store and compares its SHA-256 while streaming.</summary>
public sealed record CheckArtefacts : ComponentCheck;
