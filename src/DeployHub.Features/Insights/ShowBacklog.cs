using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Insights;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Inbox;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Insights;

/// <summary>What is asked for on live environments and not done yet, how old it is, what keeps it, and how fast it gets done (domain M9).</summary>
/// <param name="Service">Key of the only service wanted, of which a plan moves anything.</param>
/// <param name="Environment">Key of the only environment wanted.</param>
/// <param name="WithoutStandard">True leaves standard changes out, which often live for seconds.</param>
public sealed record ShowBacklog(string? Service = null, string? Environment = null, bool WithoutStandard = false) : IQuery<ShowBacklog.View>
{
    /// <summary>So many open items at once, the oldest.</summary>
    public const int MostRows = 200;

    /// <summary>So many items are counted: whatever is open, then the newest of what left.</summary>
    public const int MostItems = 5000;

    /// <param name="PullNext">What could go next: nothing but time keeps it; by priority, then by its next free time.</param>
    /// <param name="LeftOut">How many more are open.</param>
    /// <param name="Flow">One point a day of the last 13 weeks.</param>
    public sealed record View(Figures Figures, IReadOnlyList<Row> Rows, int LeftOut, IReadOnlyList<Row> PullNext, IReadOnlyList<BacklogFlow> Flow, IReadOnlyList<BacklogPeriod> ByWeek);

    /// <param name="BackToDraft">Sent back after it was submitted: the demand still waits.</param>
    /// <param name="Finished">How many the cycle times are of.</param>
    /// <param name="P50">Cycle time of what finished within 13 weeks; null below five.</param>
    /// <param name="Old">How many open items are older than p85; null where there is none.</param>
    /// <param name="WeeksToClear">Null where nothing finished within 13 weeks.</param>
    public sealed record Figures(
        DateTimeOffset At, int Wip, int BackToDraft, int InReview, int Scheduled, int InProgress, int Halted, BacklogPeriod Lately, BacklogPeriod Quarter, int Finished,
        TimeSpan? P50, TimeSpan? P85, TimeSpan? P95, int? Old, double? WeeksToClear);

    /// <param name="Service">Key of the service that it was planned for first.</param>
    /// <param name="IsOld">It is older than 85 of 100 finished ones became.</param>
    /// <param name="IsByChoice">It waits for a slot that was chosen more than ten working days ahead.</param>
    /// <param name="WaitsFor">What keeps it now; nothing where it moves.</param>
    /// <param name="NextFree">When it could go next by windows, freezes and what others hold, before its slot or instead of it; null where nothing is known.</param>
    public sealed record Row(
        string Number, string Title, string Service, string Environment, DeploymentStatus Status, Priority Priority, DateTimeOffset Entered, TimeSpan Age, bool IsOld, bool IsByChoice,
        IReadOnlyList<BacklogWaiting> WaitsFor, Slot? Slot, Slot? NextFree, IReadOnlyList<Pending> Approvals)
    {
        /// <summary>Keys of all whose components it moves, its own first.</summary>
        public IReadOnlyList<string> Services { get; init; } = [];
    }

    /// <summary>An approval that somebody may be reminded of.</summary>
    /// <param name="NudgedAt">When that was done last.</param>
    public sealed record Pending(int Number, string WhoCould, DateTimeOffset? NudgedAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowBacklog, View>
    {
        private static readonly DeploymentStatus[] Open =
            [DeploymentStatus.Draft, DeploymentStatus.InReview, DeploymentStatus.Scheduled, DeploymentStatus.InProgress, DeploymentStatus.Halted];

        public async ValueTask<View> Handle(ShowBacklog query, CancellationToken cancellationToken)
        {
            var (now, demand) = (clock.GetUtcNow(), Demand(query));
            var items = await ItemsAsync(demand, now, cancellationToken);
            var figures = BacklogFigures.Of(items, now);
            var open = await db.WithRunsAsync(demand.Where(deployment => Open.Contains(deployment.Status)).OrderBy(deployment => deployment.SubmittedAt).Take(MostRows), cancellationToken);
            var rows = await RowsAsync(open, figures.P85, now, cancellationToken);
            return new View(
                Summary(figures), rows, Math.Max(0, figures.Wip - rows.Count),
                [.. rows.Where(CouldGo).OrderByDescending(row => row.Priority).ThenBy(row => row.NextFree?.Start ?? DateTimeOffset.MaxValue).ThenBy(row => row.Entered).Take(5)],
                BacklogFlow.Of(items, 7 * BacklogFigures.LongWeeks, now), figures.ByWeek);
        }

        private IQueryable<Deployment> Demand(ShowBacklog query)
        {
            var demand = db.LiveDemand(!query.WithoutStandard);
            if (query.Service is { Length: > 0 } service) demand = demand.OfService(db, service);
            if (query.Environment is { Length: > 0 } environment) demand = demand.Where(deployment => db.Environments.Any(known => known.Id == deployment.EnvironmentId && known.Key == environment));
            return demand;
        }

        private async Task<IReadOnlyList<BacklogItem>> ItemsAsync(IQueryable<Deployment> demand, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var since = now.AddDays(-7 * BacklogFigures.LongWeeks);
            var found = await demand.Where(deployment => deployment.CompletedAt == null || deployment.CompletedAt >= since)
                .OrderByDescending(deployment => Open.Contains(deployment.Status)).ThenByDescending(deployment => deployment.Number).Take(MostItems)
                .Select(deployment => new
                {
                    deployment.Number,
                    deployment.Status,
                    Entered = deployment.SubmittedAt!.Value,
                    deployment.ScheduledAt,
                    deployment.StartedAt,
                    deployment.CompletedAt,
                    GivenUp = db.DeploymentEvents.Where(happened => happened.DeploymentId == deployment.Id && (happened.Kind == "Cancel" || happened.Kind == "Expire")).Max(happened => (DateTimeOffset?)happened.At),
                })
                .ToListAsync(cancellationToken);
            return
            [
                .. found.Select(row => new BacklogItem(
                    row.Number, row.Status, row.Entered, row.CompletedAt, row.Status is DeploymentStatus.Cancelled or DeploymentStatus.Expired ? row.GivenUp ?? row.Entered : null)
                { Authorised = row.ScheduledAt, Started = row.StartedAt }),
            ];
        }

        private async Task<IReadOnlyList<Row>> RowsAsync(IReadOnlyList<OpenDeployment> open, TimeSpan? p85, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var before = open.Select(found => found.Deployment).Where(deployment => deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled).ToList();
            var facts = before.Count == 0 ? new Dictionary<DeploymentId, GateFacts>() : await db.GateFactsAsync(before, now, cancellationToken);
            var taken = await db.TakenTimesAsync(before, now, cancellationToken);
            var working = await db.WorkingDaysAsync(cancellationToken);
            return [.. open.Select(found => RowOf(found, facts.GetValueOrDefault(found.Deployment.Id), taken[found.Deployment.Id], p85, working, now))];
        }

        private static Row RowOf(OpenDeployment found, GateFacts? facts, IEnumerable<Occurrence> taken, TimeSpan? p85, WorkingDays working, DateTimeOffset now)
        {
            var deployment = found.Deployment;
            var age = now - deployment.SubmittedAt!.Value;
            return new Row(
                deployment.Number, deployment.Title, found.Services[0], deployment.Plan.Environment, deployment.Status, deployment.Priority, deployment.SubmittedAt.Value, age, age > p85,
                BacklogWaiting.IsByChoice(deployment, working, now), BacklogWaiting.Of(deployment, facts is null ? [] : StartGates.For(deployment, facts, now), found.Run, working, now), deployment.Slot,
                facts is null ? null : NextFree(deployment, facts, taken, now),
                [.. deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending && deployment.Status is DeploymentStatus.InReview)
                    .Select(approval => new Pending(approval.Number, approval.WhoCould, approval.NudgedAt))])
            { Services = found.Services };
        }

        private static Slot? NextFree(Deployment deployment, GateFacts facts, IEnumerable<Occurrence> taken, DateTimeOffset now)
        {
            var length = deployment.Slot is { } slot ? slot.End - slot.Start : TimeSpan.FromHours(1);
            return facts.Calendar?.Times.FreeSlots(length, now, deployment.Plan.Category, 1, taken) is [var free] ? new Slot(free.Start, free.End) : null;
        }

        /// <summary>Authorised, and nothing but its slot, its window or a freeze keeps it.</summary>
        private static bool CouldGo(Row row) =>
            row.Status is DeploymentStatus.Scheduled && row.WaitsFor.All(waiting => waiting.What is "Choice" or nameof(GateKind.Slot) or nameof(GateKind.Window) or nameof(GateKind.Freeze) or nameof(GateKind.Operator));

        private static Figures Summary(BacklogFigures figures) => new(
            figures.At, figures.Wip, figures.In(DeploymentStatus.Draft), figures.In(DeploymentStatus.InReview), figures.In(DeploymentStatus.Scheduled), figures.In(DeploymentStatus.InProgress),
            figures.In(DeploymentStatus.Halted), figures.Lately, figures.Quarter, figures.CycleTimes.Count, figures.P50, figures.P85, figures.P95, figures.Old?.Count, figures.WeeksToClear);
    }
}
