using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Everything about one deployment: plan, approvals, gates, runs, what is there now and what comes, and its story.</summary>
public sealed record ShowDeployment(string Number) : IQuery<Result<ShowDeployment.View>>
{
    public sealed record View
    {
        public required string Number { get; init; }

        public required string Title { get; init; }

        public required string Description { get; init; }

        public required DeploymentStatus Status { get; init; }

        public Outcome? Outcome { get; init; }

        public required string Service { get; init; }

        public required string ServiceName { get; init; }

        public required string EnvironmentName { get; init; }

        public required Plan Plan { get; init; }

        /// <summary>What an approval binds to.</summary>
        public required Digest PlanDigest { get; init; }

        public Slot? Slot { get; init; }

        /// <summary>Its slot passed without a start, and it needs another one.</summary>
        public bool IsMissed { get; init; }

        /// <summary>When it is given up unless it starts or gets another slot.</summary>
        public DateTimeOffset? ExpiresAt { get; init; }

        public required Actor Owner { get; init; }

        public required IReadOnlyList<Actor> Planners { get; init; }

        public required IReadOnlyList<Approval> Approvals { get; init; }

        /// <summary>What the plan risks; null before it is submitted, and for plans from before risks were computed.</summary>
        public Risk? Risk { get; init; }

        /// <summary>What authorises it as a standard change; null for any other.</summary>
        public StandardAuthorisation? Authorisation { get; init; }

        /// <summary>Who let it start before it was approved; null when nobody did.</summary>
        public BrokenGlass? BrokenGlass { get; init; }

        /// <summary>Until when emergency approvers are waited for; null unless one is.</summary>
        public DateTimeOffset? EmergencyTimerEndsAt { get; init; }

        /// <summary>What has to hold before a run starts; only while one may.</summary>
        public required IReadOnlyList<Gate> Gates { get; init; }

        public required IReadOnlyList<string> WaitingFor { get; init; }

        /// <summary>What the publication of a newer model version means for the plan; null when nothing.</summary>
        public ModelMigration? Migration { get; init; }

        public required IReadOnlyList<RunRow> Runs { get; init; }

        /// <summary>Planned targets that it left without the versions when it ended partially deployed.</summary>
        public required IReadOnlyList<string> Residual { get; init; }

        /// <summary>The deployment planned for <see cref="Residual"/>; null while none is.</summary>
        public string? ResidualPlannedAs { get; init; }

        /// <summary>Its checks may be done now, outside of any run.</summary>
        public required bool CanBeVerified { get; init; }

        public required IReadOnlyList<ChangeRow> Changes { get; init; }

        /// <summary>What <see cref="Changes"/> come from was there before a run touched anything; otherwise it is there now.</summary>
        public required bool ChangedSince { get; init; }

        /// <summary>What completed it, and that nobody has to close it, in a sentence; null while it is not completed.</summary>
        public string? Completion { get; init; }

        /// <summary>Who carries it out, by role slot.</summary>
        public required IReadOnlyList<Assignment> People { get; init; }

        public required IReadOnlyList<EventRow> Events { get; init; }

        /// <summary>For <c>If-Match</c>.</summary>
        public required uint Version { get; init; }
    }

    public sealed record RunRow(
        string Name, int Number, RunStatus Status, string? WaitingSentence, string Operator, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt, string? HaltSentence, IReadOnlyList<ListDeployments.StageMark> Stages);

    /// <summary>One component on the planned targets: what is there and what comes.</summary>
    public sealed record ChangeRow(string Component, string From, string To, int Targets);

    public sealed record EventRow(DateTimeOffset At, Actor By, string Kind, string Text);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowDeployment, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowDeployment query, CancellationToken cancellationToken)
        {
            var found = await (from known in db.Deployments.AsNoTracking()
                               where known.Number == query.Number
                               join service in db.Services on known.ServiceId equals service.Id
                               join environment in db.Environments on known.EnvironmentId equals environment.Id
                               select new { Deployment = known, ServiceKey = service.Key, ServiceName = service.Name, EnvironmentName = environment.Name, environment.IsLive, Version = EF.Property<uint>(known, "Version") })
                .SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("deployment", query.Number);

            var deployment = found.Deployment;
            var gates = await GatesAsync(deployment, cancellationToken);
            var carried = await db.Runs.AsNoTracking().Where(run => run.DeploymentId == deployment.Id).OrderByDescending(run => run.Number).ToListAsync(cancellationToken);
            var runs = RowsOf(carried);
            var before = carried.FindLast(run => run.Baselines is not null)?.Baselines;
            return new View
            {
                Number = deployment.Number,
                Title = deployment.Title,
                Description = deployment.Description,
                Status = deployment.Status,
                Outcome = deployment.Outcome,
                Service = found.ServiceKey,
                ServiceName = found.ServiceName,
                EnvironmentName = found.EnvironmentName,
                Plan = deployment.Plan,
                PlanDigest = deployment.PlanDigest,
                Slot = deployment.Slot,
                IsMissed = deployment.IsMissed,
                ExpiresAt = deployment.ExpiresAt,
                Owner = deployment.Owner,
                Planners = deployment.Planners,
                Approvals = deployment.Approvals,
                Risk = deployment.Risk?.PlanDigest == deployment.PlanDigest ? deployment.Risk : null,
                Authorisation = deployment.Authorisation,
                BrokenGlass = deployment.BrokenGlass,
                EmergencyTimerEndsAt = deployment.EmergencyTimerEndsAt,
                Gates = gates,
                WaitingFor = [.. gates.Where(gate => !gate.IsOpen).Select(gate => gate.Sentence), .. runs.Select(run => run.HaltSentence ?? run.WaitingSentence).OfType<string>()],
                Runs = runs,
                Residual = [.. deployment.Residual.Select(target => target.Name)],
                ResidualPlannedAs = deployment.Residual.Count == 0 ? null : await db.ResidualOfAsync(deployment.Id, cancellationToken),
                CanBeVerified = DryVerification.Objection(deployment, found.IsLive) is null,
                Changes = before is null ? await ChangesAsync(deployment, cancellationToken) : ChangesSince(deployment, before),
                ChangedSince = before is not null,
                Completion = CompletionOf(deployment, carried),
                Migration = deployment.Migration,
                People = deployment.People,
                Events = await EventsAsync(deployment.Id, cancellationToken),
                Version = found.Version,
            };
        }

        private async Task<IReadOnlyList<Gate>> GatesAsync(Deployment deployment, CancellationToken cancellationToken) =>
            deployment.Status is DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled
                ? StartGates.For(deployment, await db.GateFactsAsync(deployment, clock.GetUtcNow(), cancellationToken), clock.GetUtcNow())
                : [];

        private static IReadOnlyList<RunRow> RowsOf(IEnumerable<Run> runs) =>
        [
            .. runs.Select(run => new RunRow(
                run.Name, run.Number, run.Status, run.WaitingSentence, run.Operator.Name, run.QueuedAt, run.EndedAt, run.OpenHalt?.Sentence,
                [.. run.Stages.Select(stage => new ListDeployments.StageMark(stage.Stage, stage.Status))])),
        ];

        private static string? CompletionOf(Deployment deployment, List<Run> runs) => deployment is { CompletedAt: { } at, Outcome: { } outcome }
            ? $"{(runs is [var last, ..] ? $"The end of run R{last.Number}" : "Its end")} completed it at {at:yyyy-MM-dd HH:mm} UTC: {Words.Of(outcome)}. "
                + "The outcome is final, and there is nothing to close."
            : null;

        /// <summary>By what the first run found on its targets before it touched them.</summary>
        private static IReadOnlyList<ChangeRow> ChangesSince(Deployment deployment, IReadOnlyList<Baseline> before) =>
        [
            .. from planned in deployment.Plan.Versions
               from had in before.Where(baseline => baseline.ComponentId == planned.ComponentId).GroupBy(baseline => baseline.Version?.Label ?? "absent")
               select new ChangeRow(planned.Component, had.Key, planned.Label, had.Count()),
        ];

        private async Task<IReadOnlyList<ChangeRow>> ChangesAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var targets = deployment.Plan.Targets.Select(target => target.Id).ToList();
            var components = deployment.Plan.Versions.Select(version => version.ComponentId).ToList();
            var observed = await (from seen in db.ObservedVersions
                                  where targets.Contains(seen.TargetId) && components.Contains(seen.ComponentId) && seen.VersionId != null
                                  join version in db.ComponentVersions on seen.VersionId equals version.Id
                                  group seen by new { seen.ComponentId, version.Label } into same
                                  select new { same.Key.ComponentId, same.Key.Label, Count = same.Count() }).ToListAsync(cancellationToken);
            return
            [
                .. from planned in deployment.Plan.Versions
                   let here = observed.Where(seen => seen.ComponentId == planned.ComponentId).ToList()
                   let absent = targets.Count - here.Sum(seen => seen.Count)
                   from row in here.Select(seen => (From: seen.Label, seen.Count)).Concat(absent > 0 ? [("absent", absent)] : [])
                   select new ChangeRow(planned.Component, row.From, planned.Label, row.Item2),
            ];
        }

        private async Task<IReadOnlyList<EventRow>> EventsAsync(DeploymentId id, CancellationToken cancellationToken) =>
            await db.DeploymentEvents.Where(happened => happened.DeploymentId == id).OrderByDescending(happened => happened.Number)
                .Select(happened => new EventRow(happened.At, happened.By, happened.Kind, happened.Text)).Take(200).ToListAsync(cancellationToken);
    }
}
