using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>A slot that has to be filled before a plan may be carried out, and where it comes from.</summary>
/// <param name="Because">A whole sentence.</param>
/// <param name="ByApprover">Only somebody with the role approver, of whatever quality, fills it.</param>
/// <param name="ByManager">Only a deployment manager fills it.</param>
/// <param name="ChangeMayGive">Only the table of domain §2.6 asks for it, so a change that is authorised outside may stand for it.</param>
public sealed record NeededApproval(ApproverQuality Quality, string Because = "", bool ByApprover = false, bool ByManager = false, bool ChangeMayGive = false)
{
    /// <summary>Asked for where otherwise only those would have approved who may not do so alone.</summary>
    public static readonly NeededApproval ByAnother = new(ApproverQuality.Peer, "Neither an author of the change (SOD-2) nor whoever lowered its risk approves it alone.");

    public static implicit operator NeededApproval(ApproverQuality quality) => new(quality);

    public string WhoCould => ApprovalPolicy.WhoCould(this);

    internal bool IsSameSlotAs(NeededApproval other) => Quality == other.Quality && ByApprover == other.ByApprover && ByManager == other.ByManager;
}
