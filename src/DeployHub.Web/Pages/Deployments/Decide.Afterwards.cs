using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments.Approving;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What is decided about after it was started.</summary>
public sealed partial class DecideModel
{
    /// <summary>Only where the glass was broken: before a start the checks of the run look at it.</summary>
    public ShowMissingEvidence.View? Evidence { get; private set; }

    /// <summary>By when the first approval that is owed has to be given; null where none is.</summary>
    public DateTimeOffset? LateDue => View.Approvals.Where(approval => approval.Status is ApprovalStatus.Deferred).Min(approval => approval.DueAt);

    public bool IsOverdue => LateDue <= clock.GetUtcNow();

    private async Task LoadEvidenceAsync(CancellationToken cancellationToken)
    {
        if (View.BrokenGlass is not null) Evidence = (await sender.Send(new ShowMissingEvidence(Number), cancellationToken)).Value;
    }
}
