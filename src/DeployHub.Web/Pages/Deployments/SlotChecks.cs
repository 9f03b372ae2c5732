using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What windows and freezes say of what is typed.</summary>
internal static class SlotChecks
{
    private const string Check = "SlotCheck", Nowhere = "NothingFree", InTheWay = "SlotInTheWay";

    /// <summary>Of the slot; null where none is typed, or only half of one.</summary>
    public static CheckSlot.View? SlotCheck(this ViewDataDictionary data) => data[Check] as CheckSlot.View;

    /// <summary>On demand, and nothing is free there in the weeks that were looked at: it could not be started.</summary>
    public static bool NothingIsFree(this ViewDataDictionary data) => data[Nowhere] is true;

    /// <summary>Something is in the way of the slot: nothing beside it says that all is well.</summary>
    public static bool SlotIsInTheWay(this ViewDataDictionary data) => data[InTheWay] is true;

    public static void KeepInTheWay(this ViewDataDictionary data, bool isInTheWay) => data[InTheWay] = isInTheWay;

    /// <summary>Asks, and keeps the answer for the sections of the page.</summary>
    public static async Task CheckSlotAsync(
        this ISender sender, ViewDataDictionary data, PlanForm form, ShowPlanningChoices.View choices, string? deployment, CancellationToken cancellationToken)
    {
        var input = form.ToInput();
        if (input.Environment.Length == 0 || (input.SlotStart is null) != (input.SlotEnd is null)) return;

        var services = choices.Versions.Where(version => version.IsAbout(input.Versions)).Select(version => version.Service).Distinct().ToList();
        var check = await sender.Send(
            new CheckSlot(
                input.Environment, services.FirstOrDefault(), input.Targets, input.SlotStart, input.SlotEnd, Category: input.Category, Deployment: deployment, OtherServices: [.. services.Skip(1)],
                Components: [.. input.Versions.Select(version => version.Split('@')[0])]),
            cancellationToken);
        if (check.Error is not null) return;

        if (input.SlotStart is null) data[Nowhere] = check.Value is { IsUnbound: false, Free.Count: 0 };
        else (data[Check], data[InTheWay]) = (check.Value, !check.Value.IsFree);
    }
}
