using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using Mediator;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What windows and freezes say of the slot that is typed.</summary>
internal static class SlotChecks
{
    /// <returns>Null while nothing can be said: no environment is chosen, or the slot is half typed.</returns>
    public static async Task<CheckSlot.View?> CheckSlotAsync(
        this ISender sender, PlanForm form, ShowPlanningChoices.View choices, string? deployment, CancellationToken cancellationToken)
    {
        var input = form.ToInput();
        if (input.Environment.Length == 0 || input.SlotStart is null || input.SlotEnd is null) return null;

        var service = choices.Versions.FirstOrDefault(version => input.Versions.Contains(version.Reference))?.Service;
        var check = await sender.Send(new CheckSlot(input.Environment, service, input.Targets, input.SlotStart, input.SlotEnd, Category: input.Category, Deployment: deployment), cancellationToken);
        return check.Error is null ? check.Value : null;
    }
}
