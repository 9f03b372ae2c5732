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

        var services = choices.Versions.Where(version => version.IsAbout(input.Versions)).Select(version => version.Service).Distinct().ToList();
        var check = await sender.Send(
            new CheckSlot(
                input.Environment, services.FirstOrDefault(), input.Targets, input.SlotStart, input.SlotEnd, Category: input.Category, Deployment: deployment, OtherServices: [.. services.Skip(1)],
                Components: [.. input.Versions.Select(version => version.Split('@')[0])]),
            cancellationToken);
        return check.Error is null ? check.Value : null;
    }
}
