namespace DeployHub.Domain.Models.Steps;

/// <summary>A check by a program on the worker's machine: exit code 0 passes, 1 fails, anything else is inconclusive.</summary>
public sealed record CheckScript(
    IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment = null, string? WorkingDirectory = null) : StepSettings;
