using DeployHub.Features.Inventory;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>What the forms of the calendar offer to choose from.</summary>
internal static class CalendarChoices
{
    public static async Task<IReadOnlyList<SelectListItem>> EnvironmentsAsync(this ISender sender, CancellationToken cancellationToken) =>
        [.. (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key))];

    /// <summary>Of the reader's own clock, by what they chose for their mails; UTC unless they did.</summary>
    public static async Task<string> OwnZoneAsync(this ISender sender, CancellationToken cancellationToken) =>
        await sender.Send(new ShowNotificationChoices(), cancellationToken) is { Error: null } chosen ? chosen.Value.Zone : "Etc/UTC";
}
