using System.Globalization;
using System.Text.Json.Nodes;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>
/// The revisions a workload has: replica sets of a Deployment, controller revisions of the others. They go by their names, because the
/// cluster gives a revision a new number when a workload goes back to it.
/// </summary>
internal sealed class Revisions(Cluster cluster, string space)
{
    private const string NumberOfReplicaSet = "deployment.kubernetes.io/revision";

    /// <summary>The name of the one it has; null when it has none yet.</summary>
    public async Task<string?> CurrentAsync(JsonNode workload, string kind, CancellationToken cancellationToken)
    {
        var revisions = await OfAsync(workload, kind, cancellationToken);
        var current = IsDeployment(kind)
            ? revisions.Find(set => Number(Annotation(set, NumberOfReplicaSet)) is > 0 and var number && number == Number(Annotation(workload, NumberOfReplicaSet)))
            : revisions.MaxBy(revision => Number(revision["revision"]));
        return current?["metadata"]?["name"]?.ToString();
    }

    public async Task<JsonNode?> FindAsync(JsonNode workload, string kind, string name, CancellationToken cancellationToken) =>
        (await OfAsync(workload, kind, cancellationToken)).Find(revision => $"{revision["metadata"]?["name"]}" == name);

    public static JsonNode? Annotation(JsonNode thing, string name) => thing["metadata"]?["annotations"]?[name];

    public static bool IsDeployment(string kind) => kind.Equals("deployment", StringComparison.OrdinalIgnoreCase);

    private async Task<List<JsonNode>> OfAsync(JsonNode workload, string kind, CancellationToken cancellationToken)
    {
        var selector = string.Join(',', (workload["spec"]?["selector"]?["matchLabels"] as JsonObject ?? []).Select(label => $"{label.Key}={label.Value}"));
        var resource = IsDeployment(kind) ? "replicasets" : "controllerrevisions";
        var list = await cluster.GetAsync($"/apis/apps/v1/namespaces/{Uri.EscapeDataString(space)}/{resource}?labelSelector={Uri.EscapeDataString(selector)}", cancellationToken);
        return [.. (list["items"] as JsonArray ?? []).OfType<JsonNode>().Where(item => (item["metadata"]?["ownerReferences"] as JsonArray ?? []).Any(reference => $"{reference!["uid"]}" == $"{workload["metadata"]!["uid"]}"))];
    }

    private static long Number(JsonNode? node) => long.TryParse($"{node}", CultureInfo.InvariantCulture, out var number) ? number : 0;
}
