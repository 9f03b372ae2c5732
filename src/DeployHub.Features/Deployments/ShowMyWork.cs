using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Inbox;
using DeployHub.Features.Inbox.Sources;
using Mediator;

namespace DeployHub.Features.Deployments;

/// <summary>What is in motion, what stands still, what comes next: the first page. What waits for the caller is <see cref="ListInbox"/>.</summary>
public sealed record ShowMyWork : IQuery<ShowMyWork.View>
{
    /// <param name="InMotion">Runs under way, those first that the caller operates or planned.</param>
    /// <param name="Halted">What stands still where the caller has a role.</param>
    /// <param name="Waiting">Plans that others have to decide about.</param>
    /// <param name="Next">What is authorised, by its slot.</param>
    /// <param name="Lately">What ended last.</param>
    public sealed record View(IReadOnlyList<Item> InMotion, IReadOnlyList<Item> Halted, IReadOnlyList<Item> Waiting, IReadOnlyList<Item> Next, IReadOnlyList<Item> Lately);

    /// <param name="Why">What happens, in a sentence.</param>
    /// <param name="RunCount">The number of its newest run.</param>
    /// <param name="IsMine">The caller operates it or planned it.</param>
    public sealed record Item(
        string Number, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, string Why, DateTimeOffset At, int RunCount, IReadOnlyList<ListDeployments.StageMark> Stages,
        bool IsMine);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowMyWork, View>
    {
        private const int Most = 20;
        private const int MostLately = 8;

        public async ValueTask<View> Handle(ShowMyWork query, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var open = await db.OpenDeploymentsAsync(cancellationToken);
            var desk = new Desk(db, caller, now, open, await db.CoveredByAsync(caller.Actor, now, cancellationToken));
            var lately = await db.WithRunsAsync(
                db.Deployments.Where(deployment => deployment.CompletedAt != null).OrderByDescending(deployment => deployment.CompletedAt).Take(MostLately), cancellationToken);
            return new View(
                [.. In(open, DeploymentStatus.InProgress).OrderByDescending(IsMine).Select(found => ItemOf(found, found.Run?.WaitingSentence ?? "Running.")).Take(Most)],
                [.. In(open, DeploymentStatus.Halted).Where(found => desk.IsNear(found)).OrderByDescending(IsMine).Select(found => ItemOf(found, found.Run?.OpenHalt?.Sentence ?? "Halted.")).Take(Most)],
                [.. In(open, DeploymentStatus.InReview).Where(found => !PlansToApprove.Asks(desk, found)).Select(found => ItemOf(found, WaitsFor(found.Deployment))).Take(Most)],
                [.. In(open, DeploymentStatus.Scheduled).OrderBy(found => found.Deployment.Slot?.Start ?? DateTimeOffset.MaxValue).Select(found => ItemOf(found, SlotOf(found.Deployment))).Take(Most)],
                [.. lately.OrderByDescending(found => found.Deployment.CompletedAt).Select(found => ItemOf(found, ""))]);
        }

        private static IEnumerable<OpenDeployment> In(IEnumerable<OpenDeployment> open, DeploymentStatus status) => open.Where(found => found.Deployment.Status == status);

        private bool IsMine(OpenDeployment found) =>
            found.Run?.Operator.Is(caller.Actor) == true || found.Deployment.Owner.Is(caller.Actor) || found.Deployment.Planners.Any(caller.Actor.Is);

        private static string SlotOf(Deployment deployment) =>
            deployment.Slot is { } slot ? $"Slot {slot.Start:yyyy-MM-dd HH:mm} UTC{(deployment.IsMissed ? ", missed" : "")}." : "May start on demand.";

        private static string WaitsFor(Deployment deployment)
        {
            var pending = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.WhoCould).Distinct().ToList();
            return pending.Count == 0
                ? $"Waits for {Words.List(deployment.Alignments.Where(request => request is { IsCurrent: true, IsSettled: false }).Select(request => request.Name))} to agree."
                : $"Waits for approval by {Words.List(pending)}.";
        }

        private Item ItemOf(OpenDeployment found, string why) => new(
            found.Deployment.Number, found.Deployment.Title, found.Deployment.Plan.Environment, found.Deployment.Status, found.Deployment.Outcome, why,
            found.Deployment.CompletedAt ?? found.Deployment.StartedAt ?? found.Deployment.SubmittedAt ?? found.Deployment.CreatedAt, found.Deployment.RunCount,
            [.. (found.Run?.Stages ?? []).Select(stage => new ListDeployments.StageMark(stage.Stage, stage.Status))], IsMine(found));
    }
}
