namespace DeployHub.Domain.Models.Steps;

/// <summary>Asks until somebody listens at an address, as the worker reaches it, or, to prove that something is gone, until nobody does.</summary>
/// <param name="Address">A host and a port, such as <c>db.example.com:5432</c> or <c>[::1]:8080</c>.</param>
/// <param name="Open">False expects that nobody listens.</param>
/// <param name="Within">How long it may take, such as <c>30s</c>.</param>
/// <param name="Every">The pause between two questions.</param>
public sealed record CheckTcp(string Address, bool Open = true, string Within = "30s", string Every = "1s") : StepSettings;
