using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What waits for the caller, what is in motion, what comes next: the first page.</summary>
public sealed record ShowMyWork : IQuery<ShowMyWork.View>
{
    public sealed record View(IReadOnlyList<Item> NeedsYou, IReadOnlyList<Item> InMotion, IReadOnlyList<Item> Waiting, IReadOnlyList<Item> Next, IReadOnlyList<Item> Lately);

    /// <param name="Why">What is asked, or what happens, in a sentence.</param>
    /// <param name="AsksForHands">Its run has something for people to do.</param>
    public sealed record Item(
        string Number, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, string Why, DateTimeOffset At, int RunCount, IReadOnlyList<ListDeployments.StageMark> Stages, bool AsksForHands);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowMyWork, View>
    {
        private const int Most = 20;

        public async ValueTask<View> Handle(ShowMyWork query, CancellationToken cancellationToken)
        {
            var open = await ReadAsync(db.Deployments.Where(deployment =>
                deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled || deployment.Status == DeploymentStatus.InProgress
                || deployment.Status == DeploymentStatus.Halted).OrderByDescending(deployment => deployment.Number).Take(500), cancellationToken);
            var lately = await ReadAsync(db.Deployments.Where(deployment => deployment.CompletedAt != null).OrderByDescending(deployment => deployment.CompletedAt).Take(8), cancellationToken);
            var mine = open.Select(AskedOfMe).OfType<Item>().Take(Most).ToList();
            return new View(
                mine,
                [.. open.Where(found => found.Deployment.Status is DeploymentStatus.InProgress).Select(found => ItemOf(found, found.Waiting ?? "Running.")).Take(Most)],
                [.. open.Where(found => found.Deployment.Status is DeploymentStatus.InReview && !mine.Exists(item => item.Number == found.Deployment.Number)).Select(found => ItemOf(found, WaitsFor(found))).Take(Most)],
                [.. open.Where(found => found.Deployment.Status is DeploymentStatus.Scheduled).OrderBy(found => found.Deployment.Slot?.Start ?? DateTimeOffset.MaxValue)
                    .Select(found => ItemOf(found, found.Deployment.Slot is { } slot ? $"Slot {slot.Start:yyyy-MM-dd HH:mm} UTC." : "May start on demand.")).Take(Most)],
                [.. lately.Select(found => ItemOf(found, ""))]);
        }

        private Item? AskedOfMe(Found found)
        {
            var deployment = found.Deployment;
            return deployment.Status switch
            {
                DeploymentStatus.Halted when caller.May(Permission.ResolveHalts) || caller.May(Permission.RollBack) => ItemOf(found, found.Halt ?? "Halted."),
                DeploymentStatus.InReview when MayApprove(found) => ItemOf(found, $"{deployment.Planners[^1].Name} asks for your approval."),
                DeploymentStatus.InProgress when found.WaitingFor is WaitingReason.ManualStep && caller.May(Permission.PerformManualSteps) => ItemOf(found, found.Waiting ?? ""),
                _ => null,
            };
        }

        private static string WaitsFor(Found found) =>
            $"Waits for approval by {Words.List(found.Deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => ApprovalPolicy.WhoCould(approval.Quality)).Distinct())}.";

        private bool MayApprove(Found found)
        {
            var deployment = found.Deployment;
            var roles = caller.RolesIn(found.Service, deployment.Plan.Environment);
            var qualities = caller.QualitiesIn(found.Service, deployment.Plan.Environment);
            return caller.May(Permission.ApprovePlans) && !deployment.Planners.Any(caller.Actor.Is)
                && deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Pending && ApprovalPolicy.Qualifies(approval.Quality, roles, qualities))
                && !deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Approved && approval.DecidedBy!.Is(caller.Actor));
        }

        private async Task<IReadOnlyList<Found>> ReadAsync(IQueryable<Deployment> deployments, CancellationToken cancellationToken)
        {
            var rows = await (from deployment in deployments.AsNoTracking()
                              join service in db.Services on deployment.ServiceId equals service.Id
                              from run in db.Runs.Where(run => run.DeploymentId == deployment.Id && run.Number == deployment.RunCount).DefaultIfEmpty()
                              select new { deployment, service.Key, Run = run }).AsNoTracking().ToListAsync(cancellationToken);
            return [.. rows.Select(row => new Found(row.deployment, row.Key, row.Run?.WaitingFor, row.Run?.WaitingSentence, row.Run?.OpenHalt?.Sentence, row.Run?.Stages ?? []))];
        }

        private static Item ItemOf(Found found, string why) => new(
            found.Deployment.Number, found.Deployment.Title, found.Deployment.Plan.Environment, found.Deployment.Status, found.Deployment.Outcome, why,
            found.Deployment.CompletedAt ?? found.Deployment.StartedAt ?? found.Deployment.SubmittedAt ?? found.Deployment.CreatedAt, found.Deployment.RunCount,
            [.. found.Stages.Select(stage => new ListDeployments.StageMark(stage.Stage, stage.Status))], found.WaitingFor is WaitingReason.ManualStep);

        private sealed record Found(Deployment Deployment, string Service, WaitingReason? WaitingFor, string? Waiting, string? Halt, IReadOnlyList<StageRun> Stages);
    }
}
