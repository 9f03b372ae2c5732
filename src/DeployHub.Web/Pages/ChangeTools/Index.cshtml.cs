using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.ChangeTools;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.ChangeTools;

[Authorize(Policy = nameof(Permission.ManageSettings))]
public sealed class IndexModel(ISender sender) : PageModel
{
    public IReadOnlyList<ListChangeTools.Row> Tools { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Tools = await sender.Send(new ListChangeTools(), cancellationToken);
}
