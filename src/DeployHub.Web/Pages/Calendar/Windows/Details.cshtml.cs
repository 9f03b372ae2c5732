using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Windows;

/// <summary>One window: when it is, its next times, and how it is ended.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public uint? Seen { get; set; }

    public ShowWindow.View View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowWindow(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        View = shown.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellationToken)
    {
        var ended = await sender.Send(new EndWindow(Number, Reason ?? "", Seen), cancellationToken);
        if (ended.Error is { } error) return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error) : NotFound();

        this.Flash($"{Number} is ended.");
        return LocalRedirect($"/calendar/windows/{Number}");
    }
}
