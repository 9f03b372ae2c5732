using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>What authorises a standard change: its model version, which somebody approved for changes of this kind (domain §2.4.1).</summary>
/// <param name="Model">The slug.</param>
/// <param name="ApprovedBy">Who approved the version; who brought it into use where it was imported.</param>
public sealed record StandardAuthorisation(string Model, int Version, Actor ApprovedBy, DateTimeOffset ApprovedAt)
{
    public string Sentence => $"Authorised by model {Model} v{Version}, approved by {ApprovedBy.Name} on {ApprovedAt:yyyy-MM-dd}.";
}
