using System.Text.Json.Nodes;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>What keeps a workload's pods from running, for whoever reads the failure.</summary>
internal sealed class PodTrouble(Cluster cluster)
{
    /// <returns>A sentence about one pod; null when nothing is known.</returns>
    public async Task<string?> FindAsync(string workload, string space, CancellationToken cancellationToken)
    {
        try
        {
            var selector = string.Join(',', ((await cluster.GetAsync(workload, cancellationToken))["spec"]?["selector"]?["matchLabels"] as JsonObject ?? []).Select(label => $"{label.Key}={label.Value}"));
            var pods = await cluster.GetAsync($"/api/v1/namespaces/{Uri.EscapeDataString(space)}/pods?labelSelector={Uri.EscapeDataString(selector)}", cancellationToken);
            return (pods["items"] as JsonArray ?? []).OfType<JsonNode>().Select(Sentence).FirstOrDefault(sentence => sentence is not null);
        }
        catch (ClusterRefusedException)
        {
            return null; // the failure itself is said already
        }
    }

    private static string? Sentence(JsonNode pod)
    {
        var containers = (pod["status"]?["initContainerStatuses"] as JsonArray ?? []).Concat(pod["status"]?["containerStatuses"] as JsonArray ?? []);
        var waiting = containers.Select(container => container?["state"]?["waiting"]).FirstOrDefault(state => state?["reason"] is { } reason && $"{reason}" is not ("ContainerCreating" or "PodInitializing"));
        var unscheduled = (pod["status"]?["conditions"] as JsonArray ?? []).FirstOrDefault(condition => $"{condition?["type"]}" == "PodScheduled" && $"{condition?["status"]}" == "False");
        var (reason, message) = waiting is not null ? (waiting["reason"], waiting["message"]) : (unscheduled?["reason"], unscheduled?["message"]);
        if (reason is null) return null;

        var said = message is null ? "" : $": {message}";
        return $"Pod {pod["metadata"]?["name"]}: {reason}{(said.Length <= 300 ? said : said[..300])}";
    }
}
