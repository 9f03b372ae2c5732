using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>
/// What a cluster's API server does as far as the step sees it: HTTPS with an authority of its own, tokens, discovery, server-side apply with
/// field owners, patches, and workloads whose status moves on each time somebody looks.
/// </summary>
public sealed class StubCluster : IAsyncLifetime
{
    public const string Token = "cluster-t0ken-0123456789";

    /// <summary>Where a proxy such as Rancher's shows the same cluster.</summary>
    public const string PathBehindProxy = "/k8s/clusters/c-1";

    private const string Definitions = "/apis/apiextensions.k8s.io/v1", Tills = "/apis/shop.example/v1";

    private readonly ConcurrentDictionary<string, JsonObject> _objects = new();
    private readonly X509Certificate2 _authority;
    private readonly WebApplication _app;
    private int _version = 100;

    public StubCluster()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Stub authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = ServerCertificate();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        _app = builder.Build();
        _app.UsePathBase(PathBehindProxy);
        _app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.Single();

    public string AuthorityPem => _authority.ExportCertificatePem();

    /// <summary>What signs in to it, all in one text.</summary>
    public string Kubeconfig => $$"""
        { "apiVersion": "v1", "kind": "Config", "current-context": "test",
          "contexts": [{ "name": "test", "context": { "cluster": "c", "user": "u" } }],
          "clusters": [{ "name": "c", "cluster": { "server": "{{Address}}", "certificate-authority-data": "{{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(AuthorityPem))}}" } }],
          "users": [{ "name": "u", "user": { "token": "{{Token}}" } }] }
        """;

    /// <summary>Who owns which field of an object, by its path.</summary>
    public ConcurrentDictionary<string, (string Owner, string Field)> Owners { get; } = new();

    /// <summary>Statuses of a workload in the order in which they are shown, the last for ever; rolled out at the second look unless told.</summary>
    public ConcurrentDictionary<string, Queue<JsonObject>> Statuses { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>How many of the following requests are answered 503.</summary>
    public int Troubles { get; set; }

    public JsonObject? this[string path] => _objects.GetValueOrDefault(path);

    public static string Deployment(string space, string name) => $"/apis/apps/v1/namespaces/{space}/deployments/{name}";

    /// <summary>What the objects of a namespace are, to compare.</summary>
    public string StateOf(string space) => string.Join('\n', _objects.Where(known => known.Key.Contains($"/{space}/", StringComparison.Ordinal)).OrderBy(known => known.Key).Select(known => $"{known.Key} {known.Value["metadata"]} {known.Value["spec"]}"));

    public void Put(string path, JsonObject content)
    {
        var metadata = (JsonObject)(content["metadata"] ??= new JsonObject());
        metadata["uid"] ??= Guid.NewGuid().ToString();
        metadata["generation"] ??= 1;
        metadata["resourceVersion"] = $"{Interlocked.Increment(ref _version)}";
        _objects[path] = content;
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _authority.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = $"{http.Request.Path}";
        Asked.Enqueue($"{http.Request.Method} {http.Request.PathBase}{path}{http.Request.QueryString}");
        var (status, answer) = http.Request.Headers.Authorization != $"Bearer {Token}" ? No(401, "Unauthorized")
            : Troubles-- > 0 ? No(503, "etcd is away")
            : path.Contains("/forbidden/", StringComparison.Ordinal) ? No(403, "deployments.apps is forbidden: User \"deployer\" cannot patch resource")
            : http.Request.Method == "GET" ? Get(path)
            : await PatchAsync(http, path);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    /// <summary>Not before the second question after its definition: a cluster takes a moment.</summary>
    private bool IsTillKnown => _objects.ContainsKey($"{Definitions}/customresourcedefinitions/tills.shop.example") && Asked.Count(line => line == $"GET {Tills}") > 2;

    private (int, JsonNode) Get(string path) => path switch
    {
        "/api/v1" => (200, Kinds(("ConfigMap", "configmaps", true), ("Namespace", "namespaces", false), ("Pod", "pods", true))),
        "/apis/apps/v1" => (200, Kinds(("Deployment", "deployments", true), ("StatefulSet", "statefulsets", true), ("DaemonSet", "daemonsets", true))),
        Definitions => (200, Kinds(("CustomResourceDefinition", "customresourcedefinitions", false))),
        Tills when IsTillKnown => (200, Kinds(("Till", "tills", true))),
        _ when _objects.TryGetValue(path, out var found) => (200, Shown(path, found)),
        _ when path.EndsWith("/pods", StringComparison.Ordinal) || path.EndsWith("/replicasets", StringComparison.Ordinal) || path.EndsWith("/controllerrevisions", StringComparison.Ordinal) =>
            (200, new JsonObject { ["items"] = new JsonArray([.. _objects.Where(known => known.Key.StartsWith($"{path}/", StringComparison.Ordinal)).Select(known => known.Value.DeepClone())]) }),
        _ => No(404, $"the server could not find the requested resource {path}"),
    };

    private JsonNode Shown(string path, JsonObject found)
    {
        var shown = found.DeepClone();
        if (!path.Contains("/apis/apps/", StringComparison.Ordinal)) return shown;

        var statuses = Statuses.GetOrAdd(path, _ => new Queue<JsonObject>([new JsonObject(), RolledOut(found)]));
        lock (statuses) shown["status"] = (statuses.Count > 1 ? statuses.Dequeue() : statuses.Peek()).DeepClone();
        if (shown["status"]!["observedGeneration"] is null) shown["status"]!["observedGeneration"] = found["metadata"]!["generation"]!.DeepClone();
        return shown;
    }

    private static JsonObject RolledOut(JsonObject workload)
    {
        var pods = workload["spec"]?["replicas"]?.DeepClone() ?? 1;
        return new JsonObject { ["replicas"] = pods, ["updatedReplicas"] = pods.DeepClone(), ["availableReplicas"] = pods.DeepClone(), ["readyReplicas"] = pods.DeepClone() };
    }

    private async Task<(int, JsonNode)> PatchAsync(HttpContext http, string path)
    {
        var patch = (await JsonNode.ParseAsync(http.Request.Body))!;
        if (http.Request.Query["fieldManager"] != "deployhub") return No(400, "PatchOptions.meta.k8s.io: fieldManager is required");
        return http.Request.ContentType?.Split(';')[0] switch
        {
            "application/apply-patch+yaml" => Apply(path, patch.AsObject(), http.Request.Query["force"] == "true", http.Request.Query["dryRun"] == "All"),
            "application/json-patch+json" when _objects.TryGetValue(path, out var old) => Changed(path, JsonPatched(old, patch.AsArray())),
            "application/strategic-merge-patch+json" when _objects.TryGetValue(path, out var old) => Changed(path, Merged(old.DeepClone().AsObject(), patch.AsObject())),
            "application/json-patch+json" or "application/strategic-merge-patch+json" => No(404, "not found"),
            _ => No(415, "the body of the request was in an unknown format"),
        };
    }

    private (int, JsonNode) Apply(string path, JsonObject wanted, bool isForced, bool isTrial)
    {
        if (path.Contains("/missing/", StringComparison.Ordinal)) return No(404, "namespaces \"missing\" not found");
        if (!isForced && Owners.TryGetValue(path, out var owner))
            return (409, new JsonObject
            {
                ["kind"] = "Status",
                ["message"] = $"Apply failed with 1 conflict: conflict with \"{owner.Owner}\" using apps/v1: {owner.Field}",
                ["reason"] = "Conflict",
                ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with \"{owner.Owner}\" using apps/v1", ["field"] = owner.Field }) },
            });
        var now = Merged(_objects.TryGetValue(path, out var old) ? old.DeepClone().AsObject() : new JsonObject { ["metadata"] = new JsonObject { ["uid"] = Guid.NewGuid().ToString(), ["generation"] = 0 } }, wanted);
        return isTrial ? (200, now) : Changed(path, now);
    }

    private (int, JsonNode) Changed(string path, JsonObject now)
    {
        if (JsonNode.DeepEquals(this[path], now)) return (200, now.DeepClone());

        var metadata = now["metadata"]!;
        metadata["generation"] = (int)metadata["generation"]! + 1;
        metadata["resourceVersion"] = $"{Interlocked.Increment(ref _version)}";
        _objects[path] = now;
        Statuses.TryRemove(path, out _);
        return (200, now.DeepClone());
    }

    private static JsonObject JsonPatched(JsonObject old, JsonArray operations)
    {
        var now = old.DeepClone().AsObject();
        foreach (var operation in operations)
        {
            var parts = $"{operation!["path"]}"[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
            var place = parts[..^1].Aggregate((JsonNode)now, (at, part) => at[part]!);
            if ($"{operation["op"]}" != "test") place[parts[^1]] = operation["value"]!.DeepClone();
        }

        return now;
    }

    private static JsonObject Merged(JsonObject into, JsonObject patch)
    {
        var isWhole = patch.Remove("$patch");
        if (isWhole) into.Clear();
        foreach (var (name, value) in patch) into[name] = value is JsonObject inner && into[name] is JsonObject there ? Merged(there.DeepClone().AsObject(), inner.DeepClone().AsObject()) : value?.DeepClone();
        return into;
    }

    private static JsonObject Kinds(params (string Kind, string Name, bool IsNamespaced)[] kinds) => new()
    {
        ["kind"] = "APIResourceList",
        ["resources"] = new JsonArray([.. kinds.Select(kind => new JsonObject { ["kind"] = kind.Kind, ["name"] = kind.Name, ["namespaced"] = kind.IsNamespaced }), .. kinds.Select(kind => new JsonObject { ["kind"] = kind.Kind, ["name"] = $"{kind.Name}/status", ["namespaced"] = kind.IsNamespaced })]),
    };

    private static (int, JsonNode) No(int status, string message) => (status, new JsonObject { ["kind"] = "Status", ["status"] = "Failure", ["message"] = message, ["code"] = status });

    private X509Certificate2 ServerCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stub", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(_authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
