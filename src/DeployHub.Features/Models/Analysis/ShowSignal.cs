using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>One signal with what stands behind it: the halts side by side, how each was resolved, and the first line of trouble in its log (domain J6).</summary>
/// <param name="Code">Such as <c>S1</c>.</param>
/// <param name="Subject">Such as the name of a step; left out, the first signal of this code.</param>
/// <param name="Version">Number of the version; left out, the one in use.</param>
public sealed record ShowSignal(string Slug, SignalCode Code, string? Subject = null, int? Version = null) : IQuery<Result<ShowSignal.View>>
{
    /// <param name="Version">Number of the version that was looked at.</param>
    /// <param name="Signal">Null when the records do not show it, or do not show it any more.</param>
    /// <param name="NoData">Why nothing can be said, in a sentence; null when something can.</param>
    /// <param name="Deployments">The evidence, the newest first.</param>
    /// <param name="Halts">Of those deployments, as far as the signal is about halts; the newest first.</param>
    public sealed record View(
        string Slug, string Name, int Version, SignalCode Code, Signal? Signal, string? NoData, IReadOnlyList<Shown> Deployments, IReadOnlyList<HaltShown> Halts);

    /// <param name="Execution">From the start of its first run to its end.</param>
    public sealed record Shown(string Number, string Title, string Environment, DeploymentStatus Status, Outcome? Outcome, DateTimeOffset CreatedAt, TimeSpan? Execution);

    /// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
    /// <param name="FirstError">The line of its log in which the trouble first shows; null when there is none, or who asks may not see logs.</param>
    public sealed record HaltShown(
        string Run, Stage Stage, string? Step, HaltCause Cause, string Sentence, IReadOnlyList<string> Subjects, DateTimeOffset At, Resolution? Resolution, string? FirstError,
        string? FirstErrorOn);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowSignal, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowSignal query, CancellationToken cancellationToken)
        {
            var analysed = await db.FindAnalysedAsync(query.Slug, query.Version is { } number ? [number] : [], clock.GetUtcNow(), cancellationToken);
            if (analysed.Error is { } refusal) return refusal;

            var facts = (await db.ReadRecordsAsync(analysed.Value, cancellationToken))[0].Facts;
            var answer = Signals.Of(facts).Single(answer => answer.Code == query.Code);
            var signal = answer.Found.FirstOrDefault(found => query.Subject is null || found.Subject == query.Subject);
            var (model, evidence) = (analysed.Value.Model, signal?.Evidence ?? []);
            return new View(
                model.Slug, model.Name, facts.Version, query.Code, signal, answer.NoData, await ShownAsync(evidence, cancellationToken),
                signal is { Subject: { } subject } && IsOfHalts(query.Code) ? await HaltsAsync(evidence, subject, cancellationToken) : []);
        }

        private static bool IsOfHalts(SignalCode code) => code is SignalCode.S1 or SignalCode.S5 or SignalCode.S7;

        private async Task<IReadOnlyList<Shown>> ShownAsync(IReadOnlyList<string> numbers, CancellationToken cancellationToken) => numbers.Count == 0 ? [] : await (
            from deployment in db.Deployments
            where numbers.Contains(deployment.Number)
            join environment in db.Environments on deployment.EnvironmentId equals environment.Id
            orderby deployment.Number descending
            select new Shown(
                deployment.Number, deployment.Title, environment.Name, deployment.Status, deployment.Outcome, deployment.CreatedAt,
                deployment.CompletedAt - deployment.StartedAt)).ToListAsync(cancellationToken);

        private async Task<List<HaltShown>> HaltsAsync(IReadOnlyList<string> numbers, string step, CancellationToken cancellationToken)
        {
            var runs = await (from deployment in db.Deployments
                              where numbers.Contains(deployment.Number)
                              join run in db.Runs on deployment.Id equals run.DeploymentId
                              select new { run.Id, run.Name, run.Halts }).AsNoTracking().ToListAsync(cancellationToken);
            List<(RunId Run, string Name, Halt Halt)> halts =
            [
                .. runs.SelectMany(run => run.Halts.Where(halt => halt.Step == step), (run, halt) => (run.Id, run.Name, halt))
                    .OrderByDescending(one => one.halt.At).Take(Signal.MostEvidence),
            ];
            var errors = caller.May(Permission.ViewLogs) ? await db.FirstErrorsAsync([.. halts.Select(one => (one.Run, one.Halt))], cancellationToken) : [];
            return halts.ConvertAll(one => ShownOf(one.Name, one.Halt, errors.Find(error => error.Run == one.Run.Value && error.Halt == one.Halt.Number)));
        }

        private static HaltShown ShownOf(string run, Halt halt, HaltLogs.FirstError? error) =>
            new(run, halt.Stage, halt.Step, halt.Cause, halt.Sentence, halt.Subjects, halt.At, halt.Resolution, error?.Text, error?.Subject);
    }
}
