using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Risks;

/// <summary>A person judged the risk otherwise than the factors do.</summary>
public sealed record RiskChange(RiskBand From, RiskBand To, string Reason, Actor By, DateTimeOffset At)
{
    public bool Raises => To > From;
}
