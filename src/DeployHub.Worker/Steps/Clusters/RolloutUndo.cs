using System.Globalization;
using System.Text.Json.Nodes;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>
/// Leads a workload back to the revision before, as <c>kubectl rollout undo</c> does. An annotation says which step did it, so that a
/// repetition does not lead it forth again.
/// </summary>
internal sealed class RolloutUndo(Cluster cluster, string space, string step)
{
    private const string Annotation = "deployhub/undone-by";

    /// <returns>The workload afterwards.</returns>
    /// <exception cref="ClusterRefusedException">There is no revision before, among other things.</exception>
    public async Task<JsonNode> MakeAsync(string kind, string name, CancellationToken cancellationToken)
    {
        var path = PathOf(kind, name);
        var workload = await cluster.GetAsync(path, cancellationToken);
        if ($"{workload["metadata"]?["annotations"]?[Annotation]}" == step) return workload;

        return kind == "deployment" ? await DeploymentAsync(path, name, workload, cancellationToken) : await RevisionAsync(path, $"{kind}/{name}", workload, cancellationToken);
    }

    public string PathOf(string kind, string name) => $"/apis/apps/v1/namespaces/{Uri.EscapeDataString(space)}/{kind}s/{Uri.EscapeDataString(name)}";

    /// <summary>Its replica sets are its history; the template of the one before replaces its own.</summary>
    private async Task<JsonNode> DeploymentAsync(string path, string name, JsonNode deployment, CancellationToken cancellationToken)
    {
        const string revision = "deployment.kubernetes.io/revision";
        var now = Number(deployment["metadata"]?["annotations"]?[revision]);
        var before = (await OwnedAsync("replicasets", deployment, cancellationToken)).Where(set => Number(set["metadata"]?["annotations"]?[revision]) is > 0 and var number && number < now)
            .MaxBy(set => Number(set["metadata"]?["annotations"]?[revision])) ?? throw NothingBefore($"deployment/{name}");

        var template = before["spec"]!["template"]!.DeepClone();
        (template["metadata"]?["labels"] as JsonObject)?.Remove("pod-template-hash");
        var patch = new JsonArray(
            new JsonObject { ["op"] = "test", ["path"] = "/metadata/resourceVersion", ["value"] = deployment["metadata"]!["resourceVersion"]!.DeepClone() },
            new JsonObject { ["op"] = "replace", ["path"] = "/spec/template", ["value"] = template },
            new JsonObject { ["op"] = "add", ["path"] = $"/metadata/annotations/{Annotation.Replace("/", "~1", StringComparison.Ordinal)}", ["value"] = step });
        return await cluster.PatchAsync(path, patch, "json-patch", cancellationToken);
    }

    /// <summary>Its controller revisions are its history; each holds a patch that leads there.</summary>
    private async Task<JsonNode> RevisionAsync(string path, string called, JsonNode workload, CancellationToken cancellationToken)
    {
        var revisions = (await OwnedAsync("controllerrevisions", workload, cancellationToken)).OrderByDescending(revision => Number(revision["revision"])).ToList();
        if (revisions.Count < 2) throw NothingBefore(called);

        var patch = revisions[1]["data"]!.DeepClone().AsObject();
        var metadata = patch["metadata"] as JsonObject ?? [];
        metadata["annotations"] = new JsonObject { [Annotation] = step };
        metadata["resourceVersion"] = workload["metadata"]!["resourceVersion"]!.DeepClone();
        patch["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        return await cluster.PatchAsync(path, patch, "strategic-merge-patch", cancellationToken);
    }

    private async Task<List<JsonNode>> OwnedAsync(string resource, JsonNode owner, CancellationToken cancellationToken)
    {
        var selector = string.Join(',', (owner["spec"]?["selector"]?["matchLabels"] as JsonObject ?? []).Select(label => $"{label.Key}={label.Value}"));
        var list = await cluster.GetAsync($"/apis/apps/v1/namespaces/{Uri.EscapeDataString(space)}/{resource}?labelSelector={Uri.EscapeDataString(selector)}", cancellationToken);
        return [.. (list["items"] as JsonArray ?? []).OfType<JsonNode>().Where(item => (item["metadata"]?["ownerReferences"] as JsonArray ?? []).Any(reference => $"{reference!["uid"]}" == $"{owner["metadata"]!["uid"]}"))];
    }

    private static ClusterRefusedException NothingBefore(string called) => new($"{called} has no revision before the one it has, so there is nothing to go back to.", HaltCause.BaselineUnavailable);

    private static long Number(JsonNode? node) => long.TryParse($"{node}", CultureInfo.InvariantCulture, out var number) ? number : 0;
}
