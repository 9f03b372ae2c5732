namespace DeployHub.Domain.Models.Steps;

/// <summary>Programs that the Execute stage needs on the target's PATH.</summary>
/// <param name="Tools">Names as on the PATH, such as tar.</param>
public sealed record CheckTools(IReadOnlyList<string> Tools) : StepSettings;
