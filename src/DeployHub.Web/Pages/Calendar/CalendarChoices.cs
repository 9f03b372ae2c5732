using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>What the forms of the calendar offer to choose from.</summary>
internal static class CalendarChoices
{
    public static async Task<IReadOnlyList<SelectListItem>> EnvironmentsAsync(this ISender sender, CancellationToken cancellationToken) =>
        [.. (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key))];
}
