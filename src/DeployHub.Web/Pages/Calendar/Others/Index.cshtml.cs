using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.BusyTimes;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Calendar.Others;

/// <summary>The calendars of others whose periods are shown and advised of.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender, Caller caller) : PageModel
{
    [BindProperty]
    public BusyForm Input { get; set; } = new();

    public IReadOnlyList<ListBusyCalendars.Row> Calendars { get; private set; } = [];

    public bool MayChange => caller.May(Permission.PlanDeployments) || caller.May(Permission.ManageSettings);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Calendars = await sender.Send(new ListBusyCalendars(), cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var added = await sender.Send(new AddBusyCalendar(Input.Key ?? "", Input.ToSettings()), cancellationToken);
        if (added.Error is { } error)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(BusyForm.ForForm(error), nameof(Input));
        }

        this.Flash(Input.ToSettings().Country is not null ? $"{Input.Name} is there, and its holidays count." : Input.ToSettings().IsUploaded() ? $"{Input.Name} is there; upload its file." : $"{Input.Name} is there; a worker reads it in a moment.");
        return LocalRedirect($"/calendar/others/{added.Value}");
    }
}
