using System.Text.Json;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>
/// Halts resolved before that are like this one: of the same model or a component it moves, by the same cause, at the same step or with an
/// equal error.
/// </summary>
internal static class SimilarHalts
{
    private const int MostShown = 5;
    private const int MostRead = 100;

    public static async Task<IReadOnlyList<ExplainHalt.PastHalt>> SimilarHaltsAsync(this DeployHubDb db, Run run, Halt halt, CancellationToken cancellationToken)
    {
        var form = FormOf(halt);
        return
        [
            .. (await db.CandidatesAsync(run, halt.Cause, cancellationToken))
                .SelectMany(candidate => candidate.Halts, (candidate, past) => (candidate, past))
                .Where(one => one.past is { Resolution: not null } past && past.Cause == halt.Cause && (past.Step == halt.Step || FormOf(past) == form))
                .OrderByDescending(one => one.past.At).Take(MostShown)
                .Select(one => PastOf(one.candidate, one.past)),
        ];
    }

    private sealed record Candidate(string Name, string Deployment, RunStatus Status, IReadOnlyList<Halt> Halts);

    private static Task<List<Candidate>> CandidatesAsync(this DeployHubDb db, Run run, HaltCause cause, CancellationToken cancellationToken)
    {
        var deployment = run.DeploymentId.Value;
        var components = run.Versions.Select(version => version.ComponentId.Value.ToString()).ToArray();
        var ofTheCause = JsonSerializer.Serialize(new[] { new { cause = cause.ToString() } });
        return (from past in db.Runs.FromSql(
                    $"""
                    select past.*, past.xmin
                    from runs past
                    join deployments on deployments.id = past.deployment_id
                    join model_versions version on version.id = deployments.model_version_id
                    where past.halts @> {ofTheCause}::jsonb
                      and (version.model_id = (select v.model_id from deployments d join model_versions v on v.id = d.model_version_id where d.id = {deployment})
                        or exists (select from jsonb_array_elements(past.versions) moved where moved.value ->> 'componentId' = any ({components})))
                    order by past.queued_at desc
                    limit {MostRead}
                    """)
                join known in db.Deployments on past.DeploymentId equals known.Id
                select new Candidate(past.Name, known.Number, past.Status, past.Halts)).ToListAsync(cancellationToken);
    }

    private static string FormOf(Halt halt) => ErrorForm.Of(halt.Sentence, halt.Subjects);

    private static ExplainHalt.PastHalt PastOf(Candidate candidate, Halt past)
    {
        var resolution = past.Resolution!;
        return new ExplainHalt.PastHalt(
            candidate.Name, candidate.Deployment, past.Cause, past.Sentence, past.At, resolution.Choice, resolution.CauseClass, resolution.Diagnosis, resolution.Remedy,
            resolution.By, resolution.At, candidate.Status);
    }
}
