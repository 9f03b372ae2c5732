using DeployHub.Domain.Access;

namespace DeployHub.Domain.Partners;

/// <summary>Since when something counts no more, and why. Nothing here is ever deleted.</summary>
public sealed record Ending(string Reason, Actor By, DateTimeOffset At);
