using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>How far a run has come on each planned target.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Result">Only targets with this result; null for all.</param>
public sealed record ListRunTargets(string Run, TargetResult? Result = null) : IQuery<Result<IReadOnlyList<ListRunTargets.Row>>>
{
    /// <param name="Batch">The phase of Execute that takes it.</param>
    /// <param name="Trouble">Why it failed, in a sentence; null where it did not.</param>
    public sealed record Row(string Name, TargetResult Result, string? Batch, string? Trouble);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListRunTargets, Result<IReadOnlyList<Row>>>
    {
        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(ListRunTargets query, CancellationToken cancellationToken)
        {
            if (await db.BriefRunAsync(query.Run, null, cancellationToken) is not { } run) return Error.NotFound("run", query.Run);

            var plan = await db.Deployments.Where(deployment => deployment.Id == run.DeploymentId).Select(deployment => deployment.Plan).SingleAsync(cancellationToken);
            return Of(run, plan).Where(row => query.Result is null || row.Result == query.Result).ToList();
        }
    }

    internal static IEnumerable<Row> Of(Run run, Plan plan)
    {
        var results = run.Results();
        var ofTargets = run.TargetRuns.ToLookup(targetRun => targetRun.TargetId);
        foreach (var target in plan.Targets)
        {
            var batch = ofTargets[target.Id].FirstOrDefault(targetRun => targetRun.Stage is Stage.Execute);
            var failed = ofTargets[target.Id].LastOrDefault(targetRun => targetRun.Status is TargetRunStatus.Failed);
            yield return new Row(
                target.Name, results.GetValueOrDefault(target.Id, TargetResult.Pending), batch is null ? null : run.Of(Stage.Execute).Phases[batch.Phase - 1].Name, failed?.FailedStep?.Trouble());
        }
    }
}
