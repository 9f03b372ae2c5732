using System.Text.Json.Nodes;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>Which revision a workload had before a run applied something to it: annotations of the workload, so that they come and go with what was applied.</summary>
/// <param name="run">Such as <c>DEP-2026-000123/R1</c>.</param>
internal sealed class RolloutBaseline(Cluster cluster, string space, string run)
{
    private const string AppliedBy = "deployhub/applied-by";
    private const string Revision = "deployhub/baseline-revision";

    /// <summary>Writes it into the manifest that is about to be applied. What the same run applied before leaves the baseline as it is.</summary>
    public async Task SetAsync(Manifest manifest, string path, CancellationToken cancellationToken)
    {
        var before = await BeforeAsync(path, cancellationToken);
        var revision = before is null ? "" : IsOfThisRun(before) ? Of(before) : await CurrentAsync(before, manifest.Kind, cancellationToken);
        manifest.Annotate(AppliedBy, run);
        manifest.Annotate(Revision, revision);
    }

    /// <summary>Whether this run applied something to the workload, so that there is something to undo.</summary>
    public bool IsOfThisRun(JsonNode workload) => $"{Revisions.Annotation(workload, AppliedBy)}" == run;

    /// <summary>The name of the revision; empty when the workload had none, or nobody was permitted to look.</summary>
    public static string Of(JsonNode workload) => $"{Revisions.Annotation(workload, Revision)}";

    private async Task<JsonNode?> BeforeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.GetAsync(path, cancellationToken);
        }
        catch (ClusterRefusedException refused) when (refused.IsMissing)
        {
            return null;
        }
    }

    /// <summary>An account that never undoes anything need not be permitted to list revisions.</summary>
    private async Task<string> CurrentAsync(JsonNode workload, string kind, CancellationToken cancellationToken)
    {
        try
        {
            return await new Revisions(cluster, space).CurrentAsync(workload, kind, cancellationToken) ?? "";
        }
        catch (ClusterRefusedException refused) when (refused.Cause is HaltCause.CredentialInvalid)
        {
            return "";
        }
    }
}
