namespace DeployHub.Domain.Partners;

/// <summary>Somebody at an organisation who is asked and told. Needs no account.</summary>
/// <param name="Number">From 1 within the organisation.</param>
public sealed record Contact(int Number, string Name, string Email, string? Phone = null, Ending? Ended = null);
