using System.Text.Json.Nodes;

namespace DeployHub.Worker.Steps.Clusters;

internal enum Rollout
{
    Going,
    Done,
    Failed,
}

/// <summary>How far a workload's rollout is, by the rules of <c>kubectl rollout status</c>, or a job, by its conditions.</summary>
/// <param name="Sentence">What is so, to follow the workload's name.</param>
internal sealed record RolloutStatus(Rollout State, string Sentence)
{
    private static readonly string[] RolledOut = ["Deployment", "StatefulSet", "DaemonSet"];

    /// <summary>It has revisions, of which one can be had back.</summary>
    public static bool IsRolledOut(string kind) => RolledOut.Contains(kind);

    public static bool IsWaitedFor(JsonNode manifest) => IsRolledOut($"{manifest["kind"]}") || IsJob(manifest);

    /// <summary>Other makers have kinds of this name with other conditions.</summary>
    private static bool IsJob(JsonNode manifest) => $"{manifest["kind"]}" == "Job" && $"{manifest["apiVersion"]}".StartsWith("batch/", StringComparison.Ordinal);

    public static RolloutStatus Of(JsonNode workload)
    {
        if (IsJob(workload)) return Job(workload["spec"], workload["status"]);
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

    private static RolloutStatus Job(JsonNode? spec, JsonNode? status)
    {
        var conditions = (status?["conditions"] as JsonArray ?? []).Where(condition => $"{condition!["status"]}" == "True").ToList();
        if (conditions.Exists(condition => $"{condition!["type"]}" == "Complete")) return new RolloutStatus(Rollout.Done, "is complete");
        if (conditions.Find(condition => $"{condition!["type"]}" == "Failed") is { } failed) return new RolloutStatus(Rollout.Failed, $"failed ({failed["reason"]}): {$"{failed["message"]}".TrimEnd('.')}; a cluster does not run it again before somebody deletes it");
        if (spec?["suspend"] is JsonValue suspended && suspended.TryGetValue<bool>(out var isSuspended) && isSuspended) return new RolloutStatus(Rollout.Done, "is applied and suspended, so it is not waited for");

        var tries = Number(status?["failed"]) is > 0 and var lost ? $", {lost} {(lost == 1 ? "pod" : "pods")} failed so far" : "";
        return Going($"has {Number(status?["succeeded"])} of {(spec?["completions"] is { } wanted ? Number(wanted) : 1)} completions{tries}");
    }

    private static RolloutStatus Going(string sentence) => new(Rollout.Going, sentence);

    private static RolloutStatus Finished(long pods) => new(Rollout.Done, $"is rolled out, with {pods} {(pods == 1 ? "pod" : "pods")}");

    private static long Replicas(JsonNode? spec) => spec?["replicas"] is { } replicas ? Number(replicas) : 1;

    private static long Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
