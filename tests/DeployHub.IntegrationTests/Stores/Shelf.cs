using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Artefacts.Stores;
using DeployHub.Worker.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>What a worker fetches with, over the stores that a hub knows, with few retries and a cache of its own.</summary>
internal sealed class Shelf : IDisposable
{
    private readonly TestHub _hub;
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-shelf-").FullName;
    private readonly StoreHttp _http;

    /// <param name="settings">Of the worker, such as <c>InternalStores=localhost</c>.</param>
    public Shelf(TestHub hub, params string[] settings) : this(hub, TimeSpan.FromSeconds(20), settings)
    {
    }

    public Shelf(TestHub hub, TimeSpan idle, params string[] settings)
    {
        _hub = hub;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("DeployHub:ArtefactCache", Path.Combine(_directory, "cache")), new("DeployHub:ArtefactLimitMiB", "4"), new("DeployHub:Secrets:token", "t0ken"), new("DeployHub:Secrets:pair", "mia:w0rd"),
            new("DeployHub:Secrets:keys", "AKID:s3cret/key"), .. settings.Select(setting => KeyValuePair.Create<string, string?>($"DeployHub:{setting.Split('=')[0]}", setting.Split('=')[1])),
        ]).Build();
        var limits = new StoreLimits(idle, Retries: 2, FirstPause: TimeSpan.FromMilliseconds(1));
        _http = new StoreHttp(new AddressGuard(configuration), limits);
        IStoreReader[] readers = [new FolderReader(limits), new HttpReader(_http), new OciReader(_http), new S3Reader(_http, TimeProvider.System), new NpmReader(_http), new NuGetReader(_http)];
        Source = new ArtefactSource(hub.Services.GetRequiredService<IServiceScopeFactory>(), readers, new ArtefactCache(configuration), new SecretStore(configuration, new Masker()), configuration);
    }

    public ArtefactSource Source { get; }

    public string At(string path) => Path.Combine(_directory, path);

    /// <summary>An artefact in a store that is registered for it.</summary>
    public async Task<Artefact> ArtefactAsync(StoreKind kind, string location, string path, Digest digest, string? credential = null, string? region = null, long? size = null)
    {
        var key = TestHub.Unique("store");
        (await _hub.AsSystem.Send(new RegisterStore(key, key, kind, location, credential, region))).Done();
        return new Artefact("package", key, path, digest, size);
    }

    /// <summary>The bytes as text, which came with the right digest.</summary>
    public async Task<string> TextAsync(Artefact artefact)
    {
        using var fetched = await Source.FetchAsync(artefact, TestContext.Current.CancellationToken);
        fetched.Trouble.ShouldBeNull();
        return await File.ReadAllTextAsync(fetched.File!);
    }

    /// <summary>Why it cannot be had; nothing of it is left in the cache then.</summary>
    public async Task<ArtefactTrouble> TroubleAsync(Artefact artefact)
    {
        using var fetched = await Source.FetchAsync(artefact, TestContext.Current.CancellationToken);
        Directory.GetFiles(At("cache")).ShouldBeEmpty();
        return fetched.Trouble.ShouldNotBeNull();
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
