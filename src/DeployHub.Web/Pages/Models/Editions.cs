using DeployHub.Domain.Models;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Models;

internal static class Editions
{
    /// <summary>Which of the six shapes (UI-2) a version's status is.</summary>
    public static MarkState Mark(ModelVersionStatus status) => status switch
    {
        ModelVersionStatus.Published or ModelVersionStatus.Tested => MarkState.Passed,
        ModelVersionStatus.InTest => MarkState.Running,
        ModelVersionStatus.Suspended => MarkState.Halted,
        ModelVersionStatus.Draft => MarkState.Waiting,
        _ => MarkState.Cancelled,
    };
}
