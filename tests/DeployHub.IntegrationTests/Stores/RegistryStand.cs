using System.Net.Http.Headers;
using System.Text;
using DeployHub.Domain;
using DeployHub.IntegrationTests.Steps;
using Org.BouncyCastle.Crypto.Generators;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>A real registry that lets only mia in, with her password.</summary>
public sealed class RegistryStand : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-registry-").FullName;
    private readonly HttpClient _http = new();
    private readonly int _port = FreePort.Next();
    private TestDaemon? _registry;

    public static string? Missing => TestDaemon.Missing("docker-registry");

    public string Url => $"http://127.0.0.1:{_port}";

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;

        await File.WriteAllTextAsync(At("people"), $"mia:{OpenBsdBCrypt.Generate("w0rd".ToCharArray(), new byte[16], 4)}\n");
        await File.WriteAllTextAsync(At("registry.yml"), $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{At("store")}} } }
            http: { addr: "127.0.0.1:{{_port}}" }
            auth: { htpasswd: { realm: test, path: {{At("people")}} } }
            """);
        _registry = await TestDaemon.StartAsync("docker-registry", _port, "serve", At("registry.yml"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("mia:w0rd"u8));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_registry is not null) await _registry.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Answers its digest.</summary>
    public async Task<Digest> PushBlobAsync(string repository, string content)
    {
        using var begun = await _http.PostAsync($"{Url}/v2/{repository}/blobs/uploads/", null);
        var (digest, place) = (Digest.OfText(content), new Uri(new Uri(Url), begun.Headers.Location!).AbsoluteUri);
        using var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        using var done = await _http.PutAsync($"{place}{(place.Contains('?') ? '&' : '?')}digest={digest}", bytes);
        done.EnsureSuccessStatusCode();
        return digest;
    }

    /// <summary>A manifest of a configuration and one layer. Answers what an index says of it.</summary>
    public async Task<(Digest Digest, int Size)> PushImageAsync(string repository, string layer)
    {
        var (config, content) = (await PushBlobAsync(repository, "{}"), await PushBlobAsync(repository, layer));
        return await PushManifestAsync(repository, "application/vnd.oci.image.manifest.v1+json", $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{config}}","size":2},
             "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{content}}","size":{{layer.Length}}}]}
            """);
    }

    public Task<(Digest Digest, int Size)> PushIndexAsync(string repository, params ((Digest Digest, int Size) Image, string Architecture)[] images) =>
        PushManifestAsync(repository, "application/vnd.oci.image.index.v1+json", $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', images.Select(Named))}}]}
            """);

    private static string Named(((Digest Digest, int Size) Image, string Architecture) named) => $$"""
        { "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "{{named.Image.Digest}}", "size": {{named.Image.Size}}, "platform": { "os": "linux", "architecture": "{{named.Architecture}}" } }
        """;

    /// <summary>The bytes of a blob as the registry keeps them on its disk.</summary>
    public string FileOf(Digest blob) => At($"store/docker/registry/v2/blobs/sha256/{blob.Hex[..2]}/{blob.Hex}/data");

    /// <summary>What says that a repository has a manifest.</summary>
    public string LinkOf(string repository, Digest manifest) => At($"store/docker/registry/v2/repositories/{repository}/_manifests/revisions/sha256/{manifest.Hex}/link");

    private async Task<(Digest, int)> PushManifestAsync(string repository, string type, string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var done = await _http.PutAsync($"{Url}/v2/{repository}/manifests/{Digest.OfText(json)}", content);
        done.EnsureSuccessStatusCode();
        return (Digest.OfText(json), Encoding.UTF8.GetByteCount(json));
    }

    private string At(string file) => Path.Combine(_directory, file);
}
