using DeployHub.Domain.Deployments.Approving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Inbox.Sources;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox;

/// <summary>Everything that waits for the caller, by due time.</summary>
public sealed record ListInbox : IQuery<ListInbox.View>
{
    /// <summary>So many items at once.</summary>
    public const int Most = 100;

    /// <param name="LeftOut">How many more there are.</param>
    /// <param name="Decided">What the caller decided this month.</param>
    public sealed record View(IReadOnlyList<InboxItem> Items, int LeftOut, DecisionPace Decided)
    {
        /// <summary>Open deployments that may ask for the caller as well, and were not looked at because more than enough is due before them.</summary>
        public int NotLookedAt { get; init; }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ListInbox, View>
    {
        /// <summary>Only the newest plans that the caller decided about are looked at.</summary>
        private const int MostDecided = 500;

        public async ValueTask<View> Handle(ListInbox query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var (open, more) = await db.OpenDeploymentsForAsync(caller, cancellationToken);
            var desk = new Desk(db, caller, now, open, await db.CoveredByAsync(caller.Actor, now, cancellationToken));
            var items = InboxOrder.Of(await AllAsync(desk, cancellationToken), now);
            return new View([.. items.Take(Most)], Math.Max(0, items.Count - Most), await DecidedAsync(now, cancellationToken)) { NotLookedAt = more };
        }

        private static async Task<IReadOnlyList<InboxItem>> AllAsync(Desk desk, CancellationToken cancellationToken) =>
        [
            .. HaltsToResolve.On(desk),
            .. PlansToApprove.On(desk),
            .. await ApprovalsOwed.OnAsync(desk, cancellationToken),
            .. await ExceptionsAsked.OnAsync(desk, cancellationToken),
            .. await ChecksToWaive.OnAsync(desk, cancellationToken),
            .. PhasesToPromote.On(desk),
            .. await StepsByHand.OnAsync(desk, cancellationToken),
            .. await VersionsToConfirm.OnAsync(desk, cancellationToken),
            .. await ConfirmationsOwed.OnAsync(desk, cancellationToken),
            .. QuestionsToAnswer.On(desk),
            .. await AlignmentsToAnswer.OnAsync(desk, cancellationToken),
            .. ObjectionsToOverride.On(desk),
            .. await ConditionsToMeet.OnAsync(desk, cancellationToken),
            .. await CampaignsToDecide.OnAsync(desk, cancellationToken),
            .. SlotsMissed.On(desk),
            .. await RestsToPlan.OnAsync(desk, cancellationToken),
            .. await DriftToDecide.OnAsync(desk, cancellationToken),
            .. await PublicationsToAcknowledge.OnAsync(desk, cancellationToken),
            .. await ReviewsToHold.OnAsync(desk, cancellationToken),
            .. await ImprovementsOverdue.OnAsync(desk, cancellationToken),
        ];

        private async Task<DecisionPace> DecidedAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
            var approvals = await db.DeploymentsDecidedBy(caller.Actor).AsNoTracking().OrderByDescending(deployment => deployment.Number).Take(MostDecided)
                .Select(deployment => deployment.Approvals).ToListAsync(cancellationToken);
            return DecisionPace.Of(approvals.SelectMany(of => of), caller.Actor, month);
        }
    }
}
