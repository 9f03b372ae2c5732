using DeployHub.Domain.Access;
using DeployHub.Features.Audit;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What came after it: its review, what is to become better, and controls that did not hold.</summary>
public sealed partial class DetailsModel
{
    public ShowAftermath.View Aftermath { get; private set; } = null!;

    public bool HasAftermath => Aftermath is { Review: not null } or { ReviewOwed: not null } or { Exceptions.Count: > 0 } or { Improvements.Count: > 0 };

    public bool MayPropose => caller.May(Permission.ProposeImprovements);

    public bool MayViewControls => caller.May(Permission.ViewControls);

    /// <summary>The form that proposes an improvement of its model, with it and its review as evidence.</summary>
    public string Proposing => $"/improvements/new?model={View.Plan.Model}&evidence={Number}{(Aftermath.Review is { } review ? $"&evidence={review.Number}" : "")}";

    private async Task LoadAftermathAsync(CancellationToken cancellationToken) => Aftermath = (await sender.Send(new ShowAftermath(Number), cancellationToken)).Value;
}
