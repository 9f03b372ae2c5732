using System.Text.Json.Nodes;
using DeployHub.Worker.Steps.Clusters;

namespace DeployHub.UnitTests.Clusters;

/// <summary>As <c>kubectl rollout status</c> reads it.</summary>
public sealed class ReadingARollout
{
    [Theory]
    [InlineData("""{"generation":2}""", """{"replicas":3}""", """{"observedGeneration":1,"replicas":3,"updatedReplicas":3,"availableReplicas":3}""", Rollout.Going, "waits until the cluster has seen the change")]
    [InlineData("""{"generation":2}""", """{"replicas":3}""", """{"observedGeneration":2,"replicas":4,"updatedReplicas":2,"availableReplicas":3}""", Rollout.Going, "2 of 3 pods are updated")]
    [InlineData("""{"generation":2}""", """{"replicas":3}""", """{"observedGeneration":2,"replicas":4,"updatedReplicas":3,"availableReplicas":3}""", Rollout.Going, "1 old pod has still to end")]
    [InlineData("""{"generation":2}""", """{"replicas":3}""", """{"observedGeneration":2,"replicas":3,"updatedReplicas":3,"availableReplicas":1}""", Rollout.Going, "1 of 3 updated pods are available")]
    [InlineData("""{"generation":2}""", """{"replicas":3}""", """{"observedGeneration":2,"replicas":3,"updatedReplicas":3,"availableReplicas":3}""", Rollout.Done, "is rolled out, with 3 pods")]
    [InlineData("""{"generation":1}""", "{}", """{"observedGeneration":1,"replicas":1,"updatedReplicas":1,"availableReplicas":1}""", Rollout.Done, "is rolled out, with 1 pod")]
    [InlineData("""{"generation":1}""", """{"replicas":0}""", """{"observedGeneration":1}""", Rollout.Done, "is rolled out, with 0 pods")]
    [InlineData("""{"generation":1}""", "{}", "{}", Rollout.Going, "waits until the cluster has seen the change")]
    [InlineData("""{"generation":2}""", """{"replicas":3}""", """{"observedGeneration":2,"updatedReplicas":1,"conditions":[{"type":"Available","reason":"x"},{"type":"Progressing","reason":"ProgressDeadlineExceeded","message":"has timed out"}]}""", Rollout.Failed, "exceeded its progress deadline: has timed out")]
    [InlineData("""{"generation":3}""", """{"replicas":3}""", """{"observedGeneration":2,"updatedReplicas":1,"conditions":[{"type":"Progressing","reason":"ProgressDeadlineExceeded","message":"of the generation before"}]}""", Rollout.Going, "waits until the cluster has seen the change")]
    public void Of_a_deployment(string metadata, string spec, string status, object state, string sentence) => Of("Deployment", metadata, spec, status).ShouldBe(new RolloutStatus((Rollout)state, sentence));

    [Theory]
    [InlineData("""{"replicas":3}""", """{"observedGeneration":1,"readyReplicas":3,"updatedReplicas":1}""", Rollout.Going, "1 of 3 pods are updated")]
    [InlineData("""{"replicas":3}""", """{"observedGeneration":1,"readyReplicas":2,"updatedReplicas":3}""", Rollout.Going, "2 of 3 pods are ready")]
    [InlineData("""{"replicas":3}""", """{"observedGeneration":1,"readyReplicas":3,"updatedReplicas":3,"updateRevision":"b","currentRevision":"a"}""", Rollout.Going, "3 pods have the new revision, not all")]
    [InlineData("""{"replicas":3}""", """{"observedGeneration":1,"readyReplicas":3,"updatedReplicas":3,"updateRevision":"b","currentRevision":"b"}""", Rollout.Done, "is rolled out, with 3 pods")]
    [InlineData("""{"replicas":3,"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}""", """{"observedGeneration":1,"readyReplicas":3,"updatedReplicas":1,"updateRevision":"b","currentRevision":"a"}""", Rollout.Done, "is rolled out, with 1 pod")]
    [InlineData("""{"replicas":3,"updateStrategy":{"type":"OnDelete"}}""", """{"observedGeneration":1}""", Rollout.Done, "is applied; its strategy OnDelete updates pods when somebody deletes them")]
    public void Of_a_stateful_set(string spec, string status, object state, string sentence) => Of("StatefulSet", """{"generation":1}""", spec, status).ShouldBe(new RolloutStatus((Rollout)state, sentence));

    [Theory]
    [InlineData("""{"observedGeneration":1,"desiredNumberScheduled":3,"updatedNumberScheduled":1,"numberAvailable":3}""", Rollout.Going, "1 of 3 pods are updated")]
    [InlineData("""{"observedGeneration":1,"desiredNumberScheduled":3,"updatedNumberScheduled":3,"numberAvailable":2}""", Rollout.Going, "2 of 3 updated pods are available")]
    [InlineData("""{"observedGeneration":1,"desiredNumberScheduled":3,"updatedNumberScheduled":3,"numberAvailable":3}""", Rollout.Done, "is rolled out, with 3 pods")]
    public void Of_a_daemon_set(string status, object state, string sentence) => Of("DaemonSet", """{"generation":1}""", "{}", status).ShouldBe(new RolloutStatus((Rollout)state, sentence));

    [Theory]
    [InlineData("{}", "{}", Rollout.Going, "has 0 of 1 completions")]
    [InlineData("""{"completions":3}""", """{"succeeded":1,"failed":1}""", Rollout.Going, "has 1 of 3 completions, 1 pod failed so far")]
    [InlineData("""{"completions":3}""", """{"succeeded":3,"conditions":[{"type":"SuccessCriteriaMet","status":"True"}]}""", Rollout.Going, "has 3 of 3 completions")]
    [InlineData("""{"completions":3}""", """{"succeeded":3,"conditions":[{"type":"Failed","status":"False"},{"type":"Complete","status":"True"}]}""", Rollout.Done, "is complete")]
    [InlineData("{}", """{"failed":7,"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit"}]}""", Rollout.Failed, "failed (BackoffLimitExceeded): Job has reached the specified backoff limit; a cluster does not run it again before somebody deletes it")]
    [InlineData("""{"suspend":true}""", """{"conditions":[{"type":"Suspended","status":"True"}]}""", Rollout.Done, "is applied and suspended, so it is not waited for")]
    public void Of_a_job(string spec, string status, object state, string sentence) => Of("Job", """{"generation":1}""", spec, status).ShouldBe(new RolloutStatus((Rollout)state, sentence));

    private static RolloutStatus Of(string kind, string metadata, string spec, string status) =>
        RolloutStatus.Of(new JsonObject { ["apiVersion"] = kind == "Job" ? "batch/v1" : "apps/v1", ["kind"] = kind, ["metadata"] = JsonNode.Parse(metadata), ["spec"] = JsonNode.Parse(spec), ["status"] = JsonNode.Parse(status) });
}
