using System.Text.Json.Nodes;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>
/// Leads a workload back to the revision it had before the run applied something to it, as <c>kubectl rollout undo --to-revision</c> does. It
/// goes to a revision and not by a step, so a repetition changes nothing.
/// </summary>
internal sealed class RolloutUndo(Cluster cluster, string space, string run)
{
    private readonly RolloutBaseline _baseline = new(cluster, space, run);
    private readonly Revisions _revisions = new(cluster, space);

    /// <returns>The workload afterwards, and the revision it goes back to: null when the run applied nothing to it.</returns>
    /// <exception cref="ClusterRefusedException">There is no revision to go back to, among other things.</exception>
    public async Task<(JsonNode Workload, string? Revision)> MakeAsync(string kind, string name, CancellationToken cancellationToken)
    {
        var path = PathOf(kind, name);
        var workload = await cluster.GetAsync(path, cancellationToken);
        if (!_baseline.IsOfThisRun(workload)) return (workload, null);

        var revision = RolloutBaseline.Of(workload);
        if (revision.Length == 0) throw new ClusterRefusedException($"{kind}/{name} has no known revision from before this run, so there is nothing to go back to.", HaltCause.BaselineUnavailable);

        var before = await _revisions.FindAsync(workload, kind, revision, cancellationToken)
            ?? throw new ClusterRefusedException($"The cluster has not kept the revision {revision} of {kind}/{name}, so there is no way back to it.", HaltCause.BaselineUnavailable);
        return (Revisions.IsDeployment(kind) ? await DeploymentAsync(path, workload, before, cancellationToken) : await RevisionAsync(path, workload, before, cancellationToken), revision);
    }

    public string PathOf(string kind, string name) => $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(space)}/{kind}s/{Uri.EscapeDataString(name)}";

    /// <summary>The template of the replica set replaces its own.</summary>
    private async Task<JsonNode> DeploymentAsync(string path, JsonNode deployment, JsonNode before, CancellationToken cancellationToken)
    {
        var template = before["spec"]!["template"]!.DeepClone();
        (template["metadata"]?["labels"] as JsonObject)?.Remove("pod-template-hash");
        var patch = new JsonArray(
            new JsonObject { ["op"] = "test", ["path"] = "/metadata/resourceVersion", ["value"] = deployment["metadata"]!["resourceVersion"]!.DeepClone() },
            new JsonObject { ["op"] = "replace", ["path"] = "/spec/template", ["value"] = template });
        return await cluster.PatchAsync(path, patch, "json-patch", cancellationToken);
    }

    /// <summary>A controller revision holds a patch that leads there.</summary>
    private async Task<JsonNode> RevisionAsync(string path, JsonNode workload, JsonNode before, CancellationToken cancellationToken)
    {
        var patch = before["data"]!.DeepClone().AsObject();
        patch["metadata"] = new JsonObject { ["resourceVersion"] = workload["metadata"]!["resourceVersion"]!.DeepClone() };
        return await cluster.PatchAsync(path, patch, "strategic-merge-patch", cancellationToken);
    }
}
