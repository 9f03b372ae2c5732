using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Services.Variables;

internal static class EnvironmentChoices
{
    public static async Task<IReadOnlyList<SelectListItem>> EnvironmentChoicesAsync(this ISender sender, CancellationToken cancellationToken) =>
        [.. (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key))];
}
