using System.Text.Json.Nodes;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class DeployToKubernetesExecutorTests(StubCluster cluster) : ExecutorContract, IClassFixture<StubCluster>
{
    private const string Image = "registry.example/shop@sha256:b9a55aeb9ab4a0e014189b8601108ccbf0099f846b7a750fa8e536c7913f25d2";

    private readonly string _space = $"shop-{Guid.NewGuid():N}";

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Apply();

    protected override (StepSettings, string[])? Failing => (Apply() with { Namespace = "forbidden" }, ["configmap/shop", "forbidden", "does not permit it", "cannot patch"]);

    /// <summary>A rollout holds no worker.</summary>
    protected override (StepSettings, string?)? Endless => null;

    private string Shop => StubCluster.Deployment(_space, "shop");

    protected override Task PrepareAsync()
    {
        Bench.Know("cluster", StubCluster.Token);
        return Task.CompletedTask;
    }

    protected override Task<string> StateAsync() => Task.FromResult(cluster.StateOf(_space));

    [Fact]
    public async Task It_is_tried_then_applied_and_its_rollout_is_waited_for()
    {
        var first = (await VisitAsync(Working)).ShouldBeOfType<StepOutcome.StillRunning>();
        cluster.Statuses[Shop] = new Queue<JsonObject>([Status(1, 3, 0), Status(2, 3, 1), Status(2, 2, 2)]);

        var done = await GoOnAsync(Working, first);

        var evidence = done.ShouldBeOfType<StepOutcome.Succeeded>($"{done}").Evidence.ToDictionary(one => one.Name, one => one.Value);
        evidence["deployment/shop"].ShouldBe($"uid {cluster[Shop]!["metadata"]!["uid"]}, resource version {cluster[Shop]!["metadata"]!["resourceVersion"]}, generation 1");
        evidence["Images"].ShouldBe(Image);
        cluster[Shop]!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.ToString().ShouldBe(Image);
        Bench.Log.Where(line => line.StartsWith("deployment/shop", StringComparison.Ordinal)).ShouldBe(["deployment/shop 1 of 2 pods are updated", "deployment/shop 1 old pod has still to end", "deployment/shop is rolled out, with 2 pods"]);
        var asked = cluster.Asked.Where(line => line.StartsWith("PATCH", StringComparison.Ordinal) && line.Contains(_space, StringComparison.Ordinal)).ToList();
        asked.Take(2).ShouldAllBe(line => line.EndsWith("?fieldManager=deployhub&force=false&dryRun=All", StringComparison.Ordinal));
        asked.Skip(2).ShouldAllBe(line => line.EndsWith("?fieldManager=deployhub&force=false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_field_that_somebody_else_owns_stays_theirs_unless_forced()
    {
        cluster.Owners[Shop] = ("kubectl-edit", ".spec.replicas");

        var failed = await FailsAsync(Working);
        failed.Reason.ShouldBe($"deployment/shop in {_space} is not applied, nor anything else: kubectl-edit owns .spec.replicas. Leave these fields to them, or say force: true to take them over.");
        failed.Cause.ShouldBe(HaltCause.DriftDetected);
        (await StateAsync()).ShouldBeEmpty();
        (await GoOnAsync(Apply() with { Force = true })).ShouldBeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public async Task A_rollout_that_exceeds_its_deadline_fails_and_names_the_pod()
    {
        cluster.Put($"/api/v1/namespaces/{_space}/pods/shop-1", JsonNode.Parse("""{"metadata":{"name":"shop-1"},"status":{"containerStatuses":[{"state":{"waiting":{"reason":"ImagePullBackOff","message":"no such image"}}}]}}""")!.AsObject());
        var first = (await VisitAsync(Working)).ShouldBeOfType<StepOutcome.StillRunning>();
        var late = Status(1, 3, 0);
        late["conditions"] = new JsonArray(new JsonObject { ["type"] = "Progressing", ["reason"] = "ProgressDeadlineExceeded", ["message"] = "ReplicaSet shop-2 has timed out progressing." });
        cluster.Statuses[Shop] = new Queue<JsonObject>([late]);

        var failed = (await GoOnAsync(Working, first)).ShouldBeOfType<StepOutcome.Failed>();
        failed.Reason.ShouldBe($"deployment/shop in {_space} exceeded its progress deadline: ReplicaSet shop-2 has timed out progressing. Pod shop-1: ImagePullBackOff: no such image");
        failed.Cause.ShouldBe(HaltCause.HealthCheckFailed);
    }

    [Fact]
    public async Task A_rollout_has_its_time_and_a_cluster_that_is_away_meanwhile_is_waited_for()
    {
        var brief = Apply() with { Within = "1s" };
        var first = (await VisitAsync(brief)).ShouldBeOfType<StepOutcome.StillRunning>();
        cluster.Statuses[Shop] = new Queue<JsonObject>([Status(1, 3, 0)]);
        cluster.Troubles = 1;

        (await Bench.VisitAsync(Apply(), ticket: first.Ticket)).ShouldBeOfType<StepOutcome.StillRunning>();
        Bench.Log.ShouldContain(line => line.Contains("cannot be seen: The cluster at 127.0.0.1 has trouble: etcd is away", StringComparison.Ordinal));
        (await GoOnAsync(brief, first)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldStartWith($"deployment/shop in {_space} was not done within 1s: it 1 of 2 pods are updated");
    }

    [Theory]
    [InlineData("wrong-token", "does not accept the credentials", HaltCause.CredentialInvalid)]
    [InlineData("no-authority", "does not answer", HaltCause.TargetUnreachable)]
    [InlineData("no-encryption", "does not begin with https://", HaltCause.TargetUnreachable)]
    [InlineData("unknown-kind", "knows no apps/v2beta, which deployment/shop needs", HaltCause.PrerequisiteMissing)]
    [InlineData("missing-namespace", "namespaces \"missing\" not found", HaltCause.PrerequisiteMissing)]
    [InlineData("tagged", "does not say its digest", null)]
    [InlineData("unused-image", "No container has the image other", null)]
    [InlineData("other-namespace", "says the namespace elsewhere", null)]
    [InlineData("malformed", "is no valid YAML (line 2)", null)]
    public async Task What_cannot_be_is_said_in_a_sentence(string what, string words, HaltCause? cause)
    {
        Bench.Know("wrong", "nobody");
        var failed = await FailsAsync(what switch
        {
            "wrong-token" => Apply() with { Token = "${secret:wrong}" },
            "no-authority" => Apply() with { Authority = null },
            "no-encryption" => Apply() with { Server = cluster.Address.Replace("https:", "http:", StringComparison.Ordinal) },
            "unknown-kind" => Apply() with { Manifests = Manifests.Replace("apps/v1", "apps/v2beta", StringComparison.Ordinal) },
            "missing-namespace" => Apply() with { Namespace = "missing" },
            "tagged" => Apply() with { Images = null },
            "unused-image" => Apply() with { Images = new Dictionary<string, string> { ["shop"] = Image, ["other"] = Image } },
            "other-namespace" => Apply() with { Manifests = Manifests.Replace("name: shop\n", "name: shop\n  namespace: elsewhere\n", StringComparison.Ordinal) },
            _ => Apply() with { Manifests = "a: [" },
        });
        failed.Reason.ShouldContain(words);
        (await StateAsync()).ShouldBeEmpty();
        if (cause is not null) failed.Cause.ShouldBe(cause);
    }

    [Fact]
    public async Task A_kubeconfig_signs_in_too_and_must_not_run_programs()
    {
        var kubeconfig = cluster.Kubeconfig;
        var settings = Apply() with { Server = null, Token = null, Authority = null, Kubeconfig = "${secret:kubeconfig}" };
        Bench.Know("kubeconfig", kubeconfig);
        (await GoOnAsync(settings)).ShouldBeOfType<StepOutcome.Succeeded>();

        Bench.Know("kubeconfig", kubeconfig.Replace($"\"token\": \"{StubCluster.Token}\"", "\"exec\": { \"apiVersion\": \"client.authentication.k8s.io/v1\", \"command\": \"touch\", \"args\": [\"/tmp/owned\"] }", StringComparison.Ordinal));
        (await FailsAsync(settings)).Reason.ShouldContain("runs a program to sign in");
    }

    [Fact]
    public async Task Fields_that_an_undo_of_DeployHub_owns_are_taken_over()
    {
        cluster.Owners[Shop] = ("deployhub", ".spec.template.spec.containers[name=\"shop\"].image");

        (await GoOnAsync(Working)).ShouldBeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public async Task The_server_may_be_behind_a_path()
    {
        (await GoOnAsync(Apply() with { Server = cluster.Address + StubCluster.PathBehindProxy })).ShouldBeOfType<StepOutcome.Succeeded>();

        cluster.Asked.ShouldContain(line => line.StartsWith($"PATCH {StubCluster.PathBehindProxy}{Shop}?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_that_the_manifests_bring_is_waited_for()
    {
        const string manifests = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: tills.shop.example }
            ---
            apiVersion: shop.example/v1
            kind: Till
            metadata: { name: first }
            """;

        (await GoOnAsync(Apply() with { Manifests = manifests, Images = null })).ShouldBeOfType<StepOutcome.Succeeded>();
        cluster[$"/apis/shop.example/v1/namespaces/{_space}/tills/first"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_deployment_goes_back_to_what_it_was_before_the_run_however_often()
    {
        cluster.Put(Shop, JsonNode.Parse("""{"kind":"Deployment","metadata":{"name":"shop","annotations":{"deployment.kubernetes.io/revision":"2"} },"spec":{"replicas":1,"selector":{"matchLabels":{"app":"shop"} },"template":{"spec":{"containers":[{"image":"old"}]} } } }""")!.AsObject());
        foreach (var revision in (string[])["1", "2"])
            cluster.Put($"/apis/apps/v1/namespaces/{_space}/replicasets/shop-{revision}", JsonNode.Parse($$"""{"metadata":{"name":"shop-{{revision}}","annotations":{"deployment.kubernetes.io/revision":"{{revision}}"},"ownerReferences":[{"uid":"{{cluster[Shop]!["metadata"]!["uid"]}}"}]},"spec":{"template":{"metadata":{"labels":{"app":"shop","pod-template-hash":"x{{revision}}"} },"spec":{"containers":[{"image":"revision {{revision}}"}]} } } }""")!.AsObject());
        (await GoOnAsync(Undo("deployment/shop"))).ShouldBeOfType<StepOutcome.Succeeded>();
        cluster[Shop]!["metadata"]!["generation"]!.GetValue<int>().ShouldBe(1, "this run has applied nothing yet");

        (await GoOnAsync(Working)).ShouldBeOfType<StepOutcome.Succeeded>();
        (await GoOnAsync(Undo("deployment/shop"))).ShouldBeOfType<StepOutcome.Succeeded>();
        (await GoOnAsync(Undo("deployment/shop"))).ShouldBeOfType<StepOutcome.Succeeded>();

        var template = cluster[Shop]!["spec"]!["template"]!;
        template["spec"]!["containers"]![0]!["image"]!.ToString().ShouldBe("revision 2");
        template["metadata"]!["labels"]!.AsObject().Select(label => label.Key).ShouldBe(["app"]);
        cluster[Shop]!["metadata"]!["generation"]!.GetValue<int>().ShouldBe(3);
        (await FailsAsync(Undo("deployment/other"))).Cause.ShouldBe(HaltCause.PrerequisiteMissing);
    }

    [Fact]
    public async Task A_deployment_that_the_run_has_brought_has_no_way_back()
    {
        (await GoOnAsync(Working)).ShouldBeOfType<StepOutcome.Succeeded>();

        (await FailsAsync(Undo("deployment/shop"))).Cause.ShouldBe(HaltCause.BaselineUnavailable);
    }

    [Fact]
    public async Task A_stateful_set_goes_back_by_its_controller_revisions()
    {
        var path = $"/apis/apps/v1/namespaces/{_space}/statefulsets/db";
        cluster.Put(path, JsonNode.Parse("""{"kind":"StatefulSet","metadata":{"name":"db"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"db"}},"template":{"image":"old"}}}""")!.AsObject());
        foreach (var revision in (int[])[1, 2])
            cluster.Put($"/apis/apps/v1/namespaces/{_space}/controllerrevisions/db-{revision}", JsonNode.Parse($$"""{"metadata":{"name":"db-{{revision}}","ownerReferences":[{"uid":"{{cluster[path]!["metadata"]!["uid"]}}"}]},"revision":{{revision}},"data":{"spec":{"template":{"$patch":"replace","image":"revision {{revision}}"} } } }""")!.AsObject());
        const string manifest = """{ "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "db" }, "spec": { "template": { "image": "new" } } }""";
        (await GoOnAsync(Apply() with { Manifests = manifest, Images = null })).ShouldBeOfType<StepOutcome.Succeeded>();
        cluster[path]!["spec"]!["template"]!["image"]!.ToString().ShouldBe("new");

        (await GoOnAsync(Undo("statefulset/db"))).ShouldBeOfType<StepOutcome.Succeeded>();
        cluster[path]!["spec"]!["template"]!["image"]!.ToString().ShouldBe("revision 2");
    }

    [Fact]
    public async Task Manifests_come_from_a_folder_of_the_artefact_too()
    {
        var version = Bench.Version("1.0.0", ("package", Archives.TarGz(("deploy/a.yaml", Manifests.Replace("${secret:planted}", "open", StringComparison.Ordinal)), ("deploy/readme.md", "no manifest"))));
        var settings = Apply() with { Manifests = null, File = "deploy" };

        (await Bench.VisitAsync(settings, version: version)).ShouldBeOfType<StepOutcome.StillRunning>();
        cluster[Shop].ShouldNotBeNull();
        (await Bench.VisitAsync(settings with { File = "elsewhere" }, version: version)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldContain("has no manifests at elsewhere");
    }

    private const string Manifests = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          word: ${secret:planted}
          port: "8080"
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          replicas: 2
          selector: { matchLabels: { app: shop } }
          template:
            metadata: { labels: { app: shop } }
            spec:
              containers:
                - { name: shop, image: "shop:latest" }
        """;

    private DeployToKubernetes Apply() => new(
        Manifests: Manifests, Namespace: _space, Server: cluster.Address, Token: "${secret:cluster}", Authority: cluster.AuthorityPem, Images: new Dictionary<string, string> { ["shop"] = Image });

    private DeployToKubernetes Undo(string workload) => Apply() with { Action = KubernetesAction.Undo, Manifests = null, Images = null, Workloads = [workload] };

    private static JsonObject Status(int updated, int replicas, int available) => new() { ["replicas"] = replicas, ["updatedReplicas"] = updated, ["availableReplicas"] = available };

    /// <summary>Visit after visit, until it is over.</summary>
    private async Task<StepOutcome> GoOnAsync(StepSettings settings, StepOutcome? outcome = null)
    {
        outcome ??= await VisitAsync(settings);
        while (outcome is StepOutcome.StillRunning running)
        {
            running.CheckAgainIn.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
            outcome = await Bench.VisitAsync(settings, ticket: running.Ticket);
        }

        return outcome;
    }
}
