using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Admin;

/// <summary>Every message by whatever channel, and what came back.</summary>
[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class DeliveriesModel(ISender sender) : PageModel
{
    /// <summary>True for mails only.</summary>
    [FromQuery]
    public bool Mail { get; set; }

    [FromQuery]
    public DeliveryStatus? Status { get; set; }

    [FromQuery]
    public string? After { get; set; }

    public Page<ListDeliveries.Row> List { get; private set; } = new([], null);

    /// <summary>What nobody could be told of: the newest.</summary>
    public Page<ListSetAside.Row> SetAside { get; private set; } = new([], null);

    /// <summary>This page with its filters.</summary>
    public string Here => $"/admin/deliveries?mail={(Mail ? "true" : "false")}{(Status is { } only ? $"&status={only}" : "")}";

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        List = (await sender.Send(new ListDeliveries(null, Mail, Status, After), cancellationToken)).Value;
        SetAside = (await sender.Send(new ListSetAside(Limit: 20), cancellationToken)).Value;
    }

    public async Task<IActionResult> OnPostTellAsync(long happening, CancellationToken cancellationToken)
    {
        var told = await sender.Send(new TellAgain(happening), cancellationToken);
        if (told.Error is { } refusal)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(refusal);
        }

        this.Flash("It is told within seconds, unless something still stands in its way.");
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostReplayAsync(Guid delivery, CancellationToken cancellationToken)
    {
        var replayed = await sender.Send(new ReplayDelivery(delivery), cancellationToken);
        if (replayed.Error is { } refusal)
        {
            await OnGetAsync(cancellationToken);
            return this.ShowAgain(refusal);
        }

        this.Flash("The message is sent once more.");
        return Redirect(Here);
    }
}
