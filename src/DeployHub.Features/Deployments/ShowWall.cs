using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Inbox;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What everybody in a room should see from afar: what runs, what is halted, what comes next, freezes, and the last halt on a live environment.</summary>
public sealed record ShowWall : IQuery<ShowWall.View>
{
    /// <param name="Freezes">Those that hold now or begin within a day.</param>
    /// <param name="LastHalt">On a live environment; null where nothing ever halted there.</param>
    public sealed record View(DateTimeOffset At, IReadOnlyList<Row> Running, IReadOnlyList<Row> Halted, IReadOnlyList<Row> Next, IReadOnlyList<Frozen> Freezes, Halted? LastHalt)
    {
        /// <summary>Nothing runs and nothing is halted.</summary>
        public bool IsQuiet => Running.Count == 0 && Halted.Count == 0;
    }

    /// <param name="Sentence">What happens, or what it waits for.</param>
    /// <param name="At">Since when; for what comes next, from when.</param>
    public sealed record Row(string Number, string Title, string Environment, string Sentence, DateTimeOffset? At);

    /// <param name="Where">In words.</param>
    public sealed record Frozen(string Number, string Name, string Where, DateTimeOffset From, DateTimeOffset To, bool HoldsNow);

    /// <param name="ResolvedAt">Null while nobody has decided.</param>
    public sealed record Halted(string Run, string Sentence, DateTimeOffset At, DateTimeOffset? ResolvedAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowWall, View>
    {
        private const int Most = 8;
        private const int RunsLookedAt = 20;

        private static readonly TimeSpan Soon = TimeSpan.FromDays(1);

        public async ValueTask<View> Handle(ShowWall query, CancellationToken cancellationToken)
        {
            var (now, open) = (clock.GetUtcNow(), await db.OpenDeploymentsAsync(cancellationToken));
            return new View(
                now,
                [.. In(open, DeploymentStatus.InProgress).OrderBy(found => found.Run?.QueuedAt).Take(Most).Select(found => RowOf(found, found.Run?.WaitingSentence ?? "Running.", found.Run?.QueuedAt))],
                [.. In(open, DeploymentStatus.Halted).OrderBy(found => found.Run?.OpenHalt?.At).Take(Most).Select(found => RowOf(found, found.Run?.OpenHalt?.Sentence ?? "Halted.", found.Run?.OpenHalt?.At))],
                [.. In(open, DeploymentStatus.Scheduled).Where(found => found.Deployment.Slot?.End > now).OrderBy(found => found.Deployment.Slot!.Start).Take(Most).Select(found => RowOf(found, "", found.Deployment.Slot!.Start))],
                await FreezesAsync(now, cancellationToken),
                await LastHaltAsync(cancellationToken));
        }

        private static IEnumerable<OpenDeployment> In(IEnumerable<OpenDeployment> open, DeploymentStatus status) => open.Where(found => found.Deployment.Status == status);

        private static Row RowOf(OpenDeployment found, string sentence, DateTimeOffset? at) =>
            new(found.Deployment.Number, found.Deployment.Title, found.Deployment.Plan.Environment, sentence, at);

        private async Task<IReadOnlyList<Frozen>> FreezesAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        [
            .. (await CalendarTimes.ReadAsync(db, new Occurrence(now, now + Soon), cancellationToken)).Freezes.OrderBy(time => time.When.Start).Take(Most)
                .Select(time => new Frozen(time.Freeze.Number, time.Freeze.Name, time.Freeze.Scope.InWords(), time.When.Start, time.When.End, time.When.Contains(now))),
        ];

        private async Task<Halted?> LastHaltAsync(CancellationToken cancellationToken)
        {
            var runs = await db.Runs.FromSql($"select r.*, r.xmin from runs r where r.is_live and r.halts <> '[]'::jsonb order by r.queued_at desc limit {RunsLookedAt}").AsNoTracking().ToListAsync(cancellationToken);
            return runs.SelectMany(run => run.Halts, (run, halt) => new Halted(run.Name, halt.Sentence, halt.At, halt.Resolution?.At)).MaxBy(halt => halt.At);
        }
    }
}
