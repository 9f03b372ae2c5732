using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Improving;

public enum Level
{
    Low,
    Medium,
    High,
}

/// <summary>What an improvement would bring and cost (domain A5).</summary>
/// <param name="Value">What it would bring.</param>
/// <param name="Effort">What it would take.</param>
/// <param name="Risk">What could become worse.</param>
public sealed record Assessment(Level Value, Level Effort, Level Risk, string? Note, Actor By, DateTimeOffset At);
