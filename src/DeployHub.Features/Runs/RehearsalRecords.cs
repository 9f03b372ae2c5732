using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What rehearsals that are over show of the models that they tried out.</summary>
internal static class RehearsalRecords
{
    /// <summary>A version that is not in test any more, or says something else now, has no use for them.</summary>
    public static async Task RecordRehearsalsAsync(this DeployHubDb db, IReadOnlyList<(Run Run, Deployment Deployment)> ended, CancellationToken cancellationToken)
    {
        if (ended.Count == 0) return;

        var ids = ended.Select(rehearsal => rehearsal.Deployment.ModelVersionId).ToList();
        var versions = await db.ModelVersions.Where(version => ids.Contains(version.Id)).ToDictionaryAsync(version => version.Id, cancellationToken);
        foreach (var (run, deployment) in ended)
        {
            var version = versions[deployment.ModelVersionId];
            if (version.Rehearsals.Any(known => known.Run == run.Name)) continue;
            _ = version.Record(RehearsalJudgement.Of(run, deployment.Plan, version.Editors));
            if (RehearsalJudgement.Besides(run, deployment.Plan, version.Editors) is { } besides) _ = version.Record(besides);
        }
    }
}
