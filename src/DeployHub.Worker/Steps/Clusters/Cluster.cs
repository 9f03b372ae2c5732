using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using k8s;
using k8s.Exceptions;
using YamlDotNet.Core;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>A cluster's API as JSON, signed in as the settings say. Every no is a <see cref="ClusterRefusedException"/>.</summary>
internal sealed class Cluster : IDisposable
{
    public const string FieldManager = "deployhub";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Kubernetes _client;
    private readonly Dictionary<string, JsonArray> _kinds = [];

    public Cluster(DeployToKubernetes settings)
    {
        var configuration = Configuration(settings);
        configuration.HttpClientTimeout = Patience;
        configuration.UserAgent = FieldManager;
        if (!Uri.TryCreate(configuration.Host, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            throw new ClusterRefusedException("The address of the cluster's server does not begin with https://, so anybody on the way could read the credentials.", HaltCause.TargetUnreachable);

        _client = new Kubernetes(configuration);
    }

    public Uri Address => _client.BaseUri;

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, null, cancellationToken);

    /// <summary>Server-side apply: the server merges, and knows who owns which field. What only DeployHub's own patches own is taken over.</summary>
    public async Task<JsonNode> ApplyAsync(string path, JsonNode manifest, bool force, bool isTrial, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                HttpMethod.Patch, $"{path}?fieldManager={FieldManager}&force={(force ? "true" : "false")}{(isTrial ? "&dryRun=All" : "")}", manifest, "application/apply-patch+yaml", cancellationToken);
        }
        catch (ClusterRefusedException refused) when (refused.IsOwnConflict && !force)
        {
            return await ApplyAsync(path, manifest, force: true, isTrial, cancellationToken);
        }
    }

    public Task<JsonNode> PatchAsync(string path, JsonNode patch, string type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager={FieldManager}", patch, $"application/{type}+json", cancellationToken);

    /// <summary>Where an object lives; the cluster says which kinds it knows and whether they belong to namespaces.</summary>
    public async Task<string> PathOfAsync(Manifest manifest, string space, CancellationToken cancellationToken)
    {
        var root = manifest.ApiVersion.Contains('/') ? $"/apis/{manifest.ApiVersion}" : $"/api/{manifest.ApiVersion}";
        if (!_kinds.TryGetValue(root, out var kinds)) _kinds[root] = kinds = await KindsAsync(root, manifest, cancellationToken);
        var kind = kinds.FirstOrDefault(known => $"{known!["kind"]}" == manifest.Kind && !$"{known["name"]}".Contains('/'))
            ?? throw new ClusterRefusedException($"The cluster at {Address.Host} knows no {manifest.Kind} in {manifest.ApiVersion}.", HaltCause.PrerequisiteMissing, isMissing: true);
        return kind["namespaced"]?.GetValue<bool>() == true
            ? $"{root}/namespaces/{Uri.EscapeDataString(space)}/{kind["name"]}/{Uri.EscapeDataString(manifest.Name)}"
            : $"{root}/{kind["name"]}/{Uri.EscapeDataString(manifest.Name)}";
    }

    /// <summary>Asks the cluster again which kinds it knows, because it may have got new ones.</summary>
    public void ForgetKinds() => _kinds.Clear();

    public void Dispose() => _client.Dispose();

    private async Task<JsonArray> KindsAsync(string root, Manifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetAsync(root, cancellationToken))["resources"] as JsonArray ?? [];
        }
        catch (ClusterRefusedException refused) when (refused.IsMissing)
        {
            throw new ClusterRefusedException($"The cluster at {Address.Host} knows no {manifest.ApiVersion}, which {manifest.Called} needs.", HaltCause.PrerequisiteMissing, isMissing: true);
        }
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, string? type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{Address.AbsoluteUri.TrimEnd('/')}{path}"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, type!);
        try
        {
            if (_client.Credentials is { } credentials) await credentials.ProcessHttpRequestAsync(request, cancellationToken);
            using var answer = await _client.HttpClient.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw Refusal(answer.StatusCode, text);
        }
        catch (JsonException)
        {
            throw new ClusterRefusedException($"{Address.Host} answers with something else than JSON, so it is no cluster's API.", HaltCause.TargetUnreachable);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ClusterRefusedException($"The cluster at {Address.Host} does not answer: {exception.GetBaseException().Message.TrimEnd('.')}.", HaltCause.TargetUnreachable, isPassing: true);
        }
    }

    private ClusterRefusedException Refusal(HttpStatusCode status, string body)
    {
        var (message, causes) = Said(body);
        var said = message is null ? $"{(int)status}" : message.ReplaceLineEndings(" ").TrimEnd('.');
        return status switch
        {
            HttpStatusCode.Unauthorized => new ClusterRefusedException($"The cluster at {Address.Host} does not accept the credentials.", HaltCause.CredentialInvalid),
            HttpStatusCode.Forbidden => new ClusterRefusedException($"The cluster at {Address.Host} does not permit it: {said}.", HaltCause.CredentialInvalid),
            HttpStatusCode.NotFound => new ClusterRefusedException($"The cluster at {Address.Host} does not find it: {said}.", HaltCause.PrerequisiteMissing, isMissing: true),
            HttpStatusCode.Conflict when Owners(causes) is { Count: > 0 } owners => new ClusterRefusedException($"{Domain.Words.List(owners.Select(owner => $"{owner.Name} owns {owner.Fields}"))}. Leave these fields to them, or say force: true to take them over.", HaltCause.DriftDetected, isOwnConflict: owners.All(owner => owner.Name == FieldManager)),
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new ClusterRefusedException($"The cluster at {Address.Host} has trouble: {said}.", HaltCause.ExternalSystemDown, isPassing: true),
            _ => new ClusterRefusedException($"The cluster at {Address.Host} refuses it: {said}."),
        };
    }

    /// <summary>“kubectl” and “.spec.replicas”, from causes such as “conflict with "kubectl" using apps/v1”.</summary>
    private static List<(string Name, string Fields)> Owners(JsonArray causes) => [.. causes.OfType<JsonObject>().Where(cause => $"{cause["reason"]}" == "FieldManagerConflict")
        .GroupBy(cause => $"{cause["message"]}".Split('"') is [_, var owner, ..] ? owner : "somebody else", cause => $"{cause["field"]}")
        .Select(owner => (owner.Key, Domain.Words.List(owner.Distinct())))];

    private static (string? Message, JsonArray Causes) Said(string body)
    {
        try
        {
            var status = JsonNode.Parse(body);
            return (status?["message"]?.ToString(), status?["details"]?["causes"] as JsonArray ?? []);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, []);
        }
    }

    private static KubernetesClientConfiguration Configuration(DeployToKubernetes settings)
    {
        try
        {
            if (settings.Kubeconfig is { } text) return FromKubeconfig(text, settings.Context);

            var configuration = new KubernetesClientConfiguration { Host = settings.Server, AccessToken = settings.Token };
            if (settings.Authority is { } pem)
            {
                configuration.SslCaCerts = [];
                configuration.SslCaCerts.ImportFromPem(pem);
            }

            return configuration;
        }
        catch (Exception exception) when (exception is CryptographicException or KubeConfigException or YamlException or FormatException)
        {
            throw new ClusterRefusedException(settings.Kubeconfig is null ? "The authority is no certificate in PEM." : "The kubeconfig cannot be read.", HaltCause.CredentialInvalid); // never its words: it is a secret
        }
    }

    /// <summary>Nothing in it may run programs or read files of the worker's machine.</summary>
    private static KubernetesClientConfiguration FromKubeconfig(string text, string? context)
    {
        var kubeconfig = KubernetesClientConfiguration.LoadKubeConfig(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var users = (kubeconfig.Users ?? []).Select(user => user.UserCredentials).OfType<k8s.KubeConfigModels.UserCredentials>().ToList();
        var clusters = (kubeconfig.Clusters ?? []).Select(cluster => cluster.ClusterEndpoint).OfType<k8s.KubeConfigModels.ClusterEndpoint>().ToList();
        if (users.Exists(user => user.ExternalExecution is not null || user.AuthProvider is not null)) throw new ClusterRefusedException("The kubeconfig runs a program to sign in; give it a token or a client certificate instead.", HaltCause.CredentialInvalid);
        if (users.Exists(user => user.ClientCertificate is not null || user.ClientKey is not null) || clusters.Exists(cluster => cluster.CertificateAuthority is not null))
            throw new ClusterRefusedException("The kubeconfig names files; put their content into it, as kubectl config view --flatten does.", HaltCause.CredentialInvalid);
        if (clusters.Exists(cluster => cluster.SkipTlsVerify)) throw new ClusterRefusedException("The kubeconfig does not check who the server is (insecure-skip-tls-verify); give it the authority instead.", HaltCause.CredentialInvalid);

        return KubernetesClientConfiguration.BuildConfigFromConfigObject(kubeconfig, context, masterUrl: null);
    }
}
