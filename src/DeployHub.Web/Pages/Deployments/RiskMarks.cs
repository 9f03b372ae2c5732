using DeployHub.Domain.Deployments.Risks;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The shape beside the word.</summary>
public static class RiskMarks
{
    public static MarkState Of(RiskBand band) => band switch
    {
        RiskBand.Low => MarkState.Passed,
        RiskBand.Medium => MarkState.Waiting,
        _ => MarkState.Halted,
    };
}
