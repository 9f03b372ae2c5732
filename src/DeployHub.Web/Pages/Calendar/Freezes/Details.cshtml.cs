using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Freezes;

/// <summary>One freeze: when it holds, the exceptions from it, and how it is lifted.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public uint? Seen { get; set; }

    public ShowFreeze.View View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowFreeze(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        View = shown.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostLiftAsync(CancellationToken cancellationToken)
    {
        var lifted = await sender.Send(new LiftFreeze(Number, Reason ?? "", Seen), cancellationToken);
        if (lifted.Error is { } error) return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error) : NotFound();

        this.Flash($"{Number} is lifted.");
        return LocalRedirect($"/calendar/freezes/{Number}");
    }
}
