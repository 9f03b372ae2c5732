using DeployHub.Features.ValueStream.Incidents;

namespace DeployHub.Web.Pages.Services;

/// <summary>What the service suffers from now.</summary>
public sealed partial class DetailsModel
{
    public ShowServiceIncidents.View Incidents { get; private set; } = new([], []);
}
