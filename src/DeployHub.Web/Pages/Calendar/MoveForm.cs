using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Clashing;
using Mediator;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>A slot that is about to be moved: where to, what stands in the way there, and why.</summary>
/// <param name="Back">The calendar as it was looked at.</param>
/// <param name="Clashes">With what else happens then.</param>
/// <param name="Verdict">Of windows and freezes; null while no slot is typed.</param>
/// <param name="Objection">What is wrong with the slot as it was typed; null when nothing is.</param>
public sealed record MoveForm(
    string Number, string Title, Slot? Now, DateTimeOffset? Start, DateTimeOffset? End, string? Reason, string Back, FindClashes.View Clashes, CheckSlot.View? Verdict, string? Objection)
{
    public string Action => $"{Back}{(Back.Contains('=', StringComparison.Ordinal) ? "&" : "")}handler=Move";

    public static async Task<MoveForm> OfAsync(
        ISender sender, ShowDeployment.View deployment, DateTimeOffset? start, DateTimeOffset? end, string? reason, string back, CancellationToken cancellationToken)
    {
        var clashes = await sender.Send(new FindClashes(deployment.Number, SlotStart: start, SlotEnd: end), cancellationToken);
        var plan = deployment.Plan;
        var verdict = await sender.Send(
            new CheckSlot(plan.Environment, deployment.Service, [.. plan.Targets.Select(target => target.Name)], start, end, Category: plan.Category, Deployment: deployment.Number), cancellationToken);
        return new MoveForm(
            deployment.Number, deployment.Title, deployment.Slot, start, end, reason, back, clashes.Error is null ? clashes.Value : FindClashes.View.Nothing,
            start is not null && end is not null && verdict.Error is null ? verdict.Value : null, clashes.Error?.Message ?? verdict.Error?.Message);
    }

    /// <summary>What is typed into the form is UTC.</summary>
    public static DateTimeOffset? Utc(DateTime? typed) => typed is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at.Kind is DateTimeKind.Local ? at.ToUniversalTime() : at, DateTimeKind.Utc)) : null;
}
