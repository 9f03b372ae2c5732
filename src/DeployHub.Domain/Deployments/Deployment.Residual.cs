using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments;

/// <summary>What a deployment left behind, and the one that finishes it.</summary>
public sealed partial class Deployment
{
    /// <summary>Says which deployment takes the versions to the targets that this one left out (domain §2.4.4, ExcludeTargets).</summary>
    public void LeaveRestTo(Deployment residual, Actor by, DateTimeOffset at)
    {
        residual.ResidualOf = Id;
        Append("PlanResidual", $"{by.Name} planned {residual.Number} for the {Words.Count(Residual.Count, "target")} left out.", by, at);
    }
}
