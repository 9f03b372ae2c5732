using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Feeds;
using DeployHub.Features.Inventory;
using DeployHub.Web.Api;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Access;

/// <summary>One's own addresses at which a calendar program reads; shown when they are made, and never again.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class CalendarFeedModel(ISender sender) : PageModel
{
    public ShowCalendarFeed.View View { get; private set; } = null!;

    /// <summary>What each is about, and where; empty unless they were just made.</summary>
    public IReadOnlyList<(string About, string Address)> Addresses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => View = await sender.Send(new ShowCalendarFeed(), cancellationToken);

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken cancellationToken)
    {
        var renewed = await sender.Send(new RenewCalendarFeed(), cancellationToken);
        if (renewed.Error is null) await ShowAsync($"{Request.Scheme}://{Request.Host}{CalendarFeedDoor.Prefix}/{renewed.Value}", cancellationToken);
        await OnGetAsync(cancellationToken);
        return renewed.Error is { } refusal ? this.ShowAgain(refusal) : Page();
    }

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellationToken)
    {
        var ended = await sender.Send(new EndCalendarFeed(), cancellationToken);
        await OnGetAsync(cancellationToken);
        if (ended.Error is { } refusal) return this.ShowAgain(refusal);

        this.Flash("Your calendar addresses open nothing any more.");
        return Redirect("/account/calendar");
    }

    private async Task ShowAsync(string root, CancellationToken cancellationToken)
    {
        Response.Headers.CacheControl = "no-store";
        var environments = (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows;
        var services = (await sender.Send(new ListServices(Limit: 200), cancellationToken)).Rows;
        Addresses =
        [
            ("What you plan, decide about and operate", $"{root}.ics"),
            .. environments.Select(environment => ($"Everything in {environment.Name}", $"{root}/environments/{environment.Key}.ics")),
            .. services.Select(service => ($"Everything of {service.Name}", $"{root}/services/{service.Key}.ics")),
        ];
    }
}
