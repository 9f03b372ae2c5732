using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Asks a registry's document of the package where the version's tarball lies. The registered digest counts, never the registry's own.</summary>
internal sealed class NpmReader(StoreHttp http) : IStoreReader
{
    private const int LargestDocument = 32 * 1024 * 1024;

    public StoreKind Kind => StoreKind.Npm;

    public async Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken)
    {
        if (PackagePath.Parse(artefact.Path) is not { Error: null, Value: var package }) throw new StoreRefusedException($"“{artefact.Path}” names no package. {PackagePath.Rule}");

        var about = new StoreRequest(store, DocumentOf(store, package.Name), SecretHeader.Of(store)) { Accept = ["application/vnd.npm.install-v1+json", "application/json;q=0.8"] };
        var document = StoreJson.Parse(await http.ReadAsync(about, LargestDocument, cancellationToken), Shown.Address(about.Address));
        if (document.Member("versions")?.Member(package.Version) is not { } version)
            throw new StoreRefusedException($"the registry has no version {package.Version} of {package.Name}. Publish it, or correct the artefact's path.", System.Net.HttpStatusCode.NotFound);

        var tarball = version.Member("dist")?.Text("tarball") is { } text && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var address) ? address : null;
        return await http.OpenAsync(about with { Address = StoreHttp.Onward(about.Address, tarball), Accept = [] }, cancellationToken);
    }

    /// <summary>The slash after a scope is escaped, its @ is not: not every registry reads it otherwise.</summary>
    private static Uri DocumentOf(StoreAccess store, string name) => new($"{store.Store.Location.TrimEnd('/')}/{name.Replace("/", "%2f", StringComparison.Ordinal)}");
}
