using DeployHub.Features.Deployments.ChangeTools;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The change under which it happens, as its tool knows it.</summary>
public sealed partial class DetailsModel
{
    public ShowChange.View Change { get; private set; } = new(null);

    public Task<IActionResult> OnPostLookUpChangeAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new LookUpChange(Number), "A worker looks the change up in a moment.", cancellationToken);
}
