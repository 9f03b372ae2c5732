namespace DeployHub.Domain.Models.Steps;

/// <summary>A check by a program on the worker's machine: exit code 0 passes, 1 fails, anything else is inconclusive.</summary>
/// <param name="Command">The program and its arguments; no shell looks at them.</param>
/// <param name="Environment">Environment variables by name.</param>
/// <param name="WorkingDirectory">Where it runs; the target's directory unless told, where that is on the worker's machine.</param>
public sealed record CheckScript(
    IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment = null, string? WorkingDirectory = null) : StepSettings;
