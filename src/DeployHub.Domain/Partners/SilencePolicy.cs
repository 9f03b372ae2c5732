using DeployHub.Domain.Deployments.Risks;

namespace DeployHub.Domain.Partners;

/// <summary>What it means for a deployment when an organisation says nothing until the deadline. Silence is never recorded as agreement (M3).</summary>
public enum SilencePolicy
{
    /// <summary>Nothing starts before an answer is there.</summary>
    Blocks,

    /// <summary>The deployment may go on as if it were agreed.</summary>
    CountsAsAgreed,

    /// <summary>A low risk may go on; a medium or high one waits.</summary>
    BlocksFromMediumRisk,

    /// <summary>Only a high risk waits.</summary>
    BlocksFromHighRisk,
}

public static class SilencePolicies
{
    public static bool Blocks(this SilencePolicy policy, RiskBand risk) => policy switch
    {
        SilencePolicy.CountsAsAgreed => false,
        SilencePolicy.BlocksFromMediumRisk => risk >= RiskBand.Medium,
        SilencePolicy.BlocksFromHighRisk => risk >= RiskBand.High,
        _ => true,
    };
}
