namespace DeployHub.Domain.Access;

/// <summary>A role held within a scope: the whole installation, one service, or one environment (domain §4.1).</summary>
/// <param name="Quality">Only for <see cref="Role.Approver"/>: what the approver is qualified for.</param>
/// <param name="Service">Key of the only service it holds for; null for all.</param>
/// <param name="Environment">Key of the only environment it holds for; null for all.</param>
/// <param name="BreaksGlass">Only for practitioners and managers: named to start an emergency before it is approved (domain §4.2).</param>
public sealed record RoleGrant(Role Role, ApproverQuality? Quality = null, string? Service = null, string? Environment = null, bool BreaksGlass = false)
{
    public bool Covers(string? service, string? environment) =>
        (Service is null || Service == service) && (Environment is null || Environment == environment);
}
