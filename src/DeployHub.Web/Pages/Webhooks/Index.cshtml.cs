using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Webhooks;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class IndexModel(ISender sender) : PageModel
{
    [FromQuery]
    public string? After { get; set; }

    public Page<ListWebhooks.Row> Webhooks { get; private set; } = new([], null);

    public async Task OnGetAsync(CancellationToken cancellationToken) => Webhooks = await sender.Send(new ListWebhooks(After), cancellationToken);
}
