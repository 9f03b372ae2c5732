using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar.Exceptions;

/// <summary>Asks for an exception from a freeze that is in the way of one deployment.</summary>
[Authorize(Policy = nameof(Permission.RequestFreezeExceptions))]
public sealed class NewModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Number { get; set; } = "";

    [BindProperty]
    public ExceptionForm Input { get; set; } = new();

    public ShowDeploymentCalendar.View View { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Freezes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken)) return NotFound();
        if (!ModelState.IsValid) return Page();

        var until = Input.Until is { } given ? new DateTimeOffset(DateTime.SpecifyKind(given, DateTimeKind.Utc)) : (DateTimeOffset?)null;
        var command = new RequestFreezeException(Number, Input.Freeze ?? "", Input.Justification ?? "", Input.Impact ?? "", Input.OnCall ?? "", Input.RollbackMinutes, until);
        return (await sender.Send(command, cancellationToken)).Match(
            number =>
            {
                this.Flash($"{number} is asked for.");
                return LocalRedirect($"/calendar/exceptions/{number}");
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeploymentCalendar(Number), cancellationToken);
        if (shown.Error is not null) return false;

        View = shown.Value;
        Freezes = [.. View.Freezes.Select(freeze => new SelectListItem($"{freeze.Name}, until {freeze.Ends:ddd yyyy-MM-dd HH:mm} UTC", freeze.Number))];
        return true;
    }
}
