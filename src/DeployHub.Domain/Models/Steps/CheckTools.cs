namespace DeployHub.Domain.Models.Steps;

/// <summary>Programs that the Execute stage needs on the target's PATH.</summary>
public sealed record CheckTools(IReadOnlyList<string> Tools) : StepSettings;
