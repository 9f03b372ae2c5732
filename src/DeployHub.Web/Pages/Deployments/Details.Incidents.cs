using DeployHub.Features.ValueStream.Incidents;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The incident that it is for, and those that it may have caused.</summary>
public sealed partial class DetailsModel
{
    public ShowDeploymentIncidents.View Incidents { get; private set; } = null!;
}
