using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>A definitive store and the secret that opens it, for one fetch.</summary>
internal sealed class StoreAccess(DefinitiveStore store, string? secret)
{
    private readonly Lazy<Uri> _address = new(() => new Uri(store.Location));

    public DefinitiveStore Store => store;

    public string? Secret => secret;

    /// <summary>Of every kind but a folder.</summary>
    public Uri Address => _address.Value;

    /// <summary>An address below the store's, with every part of the path escaped.</summary>
    public Uri Below(string path) => new($"{store.Location.TrimEnd('/')}/{string.Join('/', path.TrimStart('/').Split('/').Select(Uri.EscapeDataString))}");
}
