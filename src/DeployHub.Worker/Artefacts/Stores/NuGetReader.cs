using System.Text.Json;
using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Asks a feed's service index where packages lie (NuGet protocol, version 3).</summary>
internal sealed class NuGetReader(StoreHttp http) : IStoreReader
{
    private const int LargestIndex = 1024 * 1024;
    private const string Packages = "PackageBaseAddress/3.0.0";

    public StoreKind Kind => StoreKind.NuGet;

    public async Task<StoredContent> OpenAsync(StoreAccess store, Artefact artefact, CancellationToken cancellationToken)
    {
        if (PackagePath.Parse(artefact.Path) is not { Error: null, Value: var package }) throw new StoreRefusedException($"“{artefact.Path}” names no package. {PackagePath.Rule}");

        var index = new StoreRequest(store, store.Address, SecretHeader.Of(store));
        var document = StoreJson.Parse(await http.ReadAsync(index, LargestIndex, cancellationToken), Shown.Address(index.Address));
        var place = document.Items("resources").Where(IsPackages).Select(resource => resource.Text("@id")).FirstOrDefault(id => id is not null)
            ?? throw new StoreRefusedException($"{Shown.Address(index.Address)} names no {Packages}, so it is no index of a NuGet feed of version 3.");

        var (id, version) = (package.Name.ToLowerInvariant(), Normal(package.Version));
        var address = Uri.TryCreate($"{place.TrimEnd('/')}/{id}/{version}/{id}.{version}.nupkg", UriKind.RelativeOrAbsolute, out var written) ? written : null;
        return await http.OpenAsync(index with { Address = StoreHttp.Onward(index.Address, address) }, cancellationToken);
    }

    /// <summary>As feeds name folders: at least three numbers without leading zeros, no fourth that is zero, no build metadata, in lower case.</summary>
    internal static string Normal(string version)
    {
        var released = version.Split('+')[0].ToLowerInvariant();
        var (numbers, label) = released.IndexOf('-') is var at and > 0 ? (released[..at], released[at..]) : (released, "");
        var parts = numbers.Split('.').Select(part => part.TrimStart('0') is { Length: > 0 } number ? number : "0").ToList();
        while (parts.Count < 3) parts.Add("0");
        if (parts is [_, _, _, "0"]) parts.RemoveAt(3);
        return string.Join('.', parts) + label;
    }

    /// <summary>A type is a text, or a list of such.</summary>
    private static bool IsPackages(JsonElement resource) =>
        resource.Text("@type") is Packages || resource.Items("@type").Any(type => type.ValueKind is JsonValueKind.String && type.GetString() is Packages);
}
