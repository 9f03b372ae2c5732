using System.Text.Json.Nodes;

namespace DeployHub.Worker.Steps.Clusters;

internal enum Rollout
{
    Going,
    Done,
    Failed,
}

/// <summary>How far a workload's rollout is, by the rules of <c>kubectl rollout status</c>.</summary>
/// <param name="Sentence">What is so, to follow the workload's name.</param>
internal sealed record RolloutStatus(Rollout State, string Sentence)
{
    private static readonly string[] Kinds = ["Deployment", "StatefulSet", "DaemonSet"];

    public static bool IsWorkload(string kind) => Kinds.Contains(kind);

    public static RolloutStatus Of(JsonNode workload)
    {
        if (Number(workload["metadata"]?["generation"]) > Number(workload["status"]?["observedGeneration"])) return Going("waits until the cluster has seen the change");

        return $"{workload["kind"]}" switch
        {
            "Deployment" => Deployment(workload["spec"], workload["status"]),
            "StatefulSet" => StatefulSet(workload["spec"], workload["status"]),
            _ => DaemonSet(workload["spec"], workload["status"]),
        };
    }

    private static RolloutStatus Deployment(JsonNode? spec, JsonNode? status)
    {
        var conditions = status?["conditions"] as JsonArray ?? [];
        if (conditions.FirstOrDefault(condition => $"{condition!["type"]}" == "Progressing" && $"{condition["reason"]}" == "ProgressDeadlineExceeded") is { } late)
            return new RolloutStatus(Rollout.Failed, $"exceeded its progress deadline: {late["message"]}");

        var (wanted, updated, available) = (Replicas(spec), Number(status?["updatedReplicas"]), Number(status?["availableReplicas"]));
        if (updated < wanted) return Going($"{updated} of {wanted} pods are updated");
        if (Number(status?["replicas"]) - updated is > 0 and var old) return Going($"{old} old {(old == 1 ? "pod has" : "pods have")} still to end");
        return available < updated ? Going($"{available} of {updated} updated pods are available") : Finished(updated);
    }

    private static RolloutStatus StatefulSet(JsonNode? spec, JsonNode? status)
    {
        if ($"{spec?["updateStrategy"]?["type"]}" == "OnDelete") return new RolloutStatus(Rollout.Done, "is applied; its strategy OnDelete updates pods when somebody deletes them");

        var (wanted, ready, updated) = (Replicas(spec), Number(status?["readyReplicas"]), Number(status?["updatedReplicas"]));
        var partition = Number(spec?["updateStrategy"]?["rollingUpdate"]?["partition"]);
        if (updated < wanted - partition) return Going($"{updated} of {wanted - partition} pods are updated");
        if (ready < wanted) return Going($"{ready} of {wanted} pods are ready");
        return partition == 0 && $"{status?["updateRevision"]}" != $"{status?["currentRevision"]}" ? Going($"{updated} pods have the new revision, not all") : Finished(updated);
    }

    private static RolloutStatus DaemonSet(JsonNode? spec, JsonNode? status)
    {
        if ($"{spec?["updateStrategy"]?["type"]}" == "OnDelete") return new RolloutStatus(Rollout.Done, "is applied; its strategy OnDelete updates pods when somebody deletes them");

        var (wanted, updated, available) = (Number(status?["desiredNumberScheduled"]), Number(status?["updatedNumberScheduled"]), Number(status?["numberAvailable"]));
        if (updated < wanted) return Going($"{updated} of {wanted} pods are updated");
        return available < wanted ? Going($"{available} of {wanted} updated pods are available") : Finished(updated);
    }

    private static RolloutStatus Going(string sentence) => new(Rollout.Going, sentence);

    private static RolloutStatus Finished(long pods) => new(Rollout.Done, $"is rolled out, with {pods} {(pods == 1 ? "pod" : "pods")}");

    private static long Replicas(JsonNode? spec) => spec?["replicas"] is { } replicas ? Number(replicas) : 1;

    private static long Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
