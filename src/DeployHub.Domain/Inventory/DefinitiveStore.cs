namespace DeployHub.Domain.Inventory;

/// <summary>An approved place from which artefacts may be deployed (domain §1.2).</summary>
public sealed class DefinitiveStore
{
    private DefinitiveStore() { }

    public StoreId Id { get; private init; }

    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public StoreKind Kind { get; private init; }

    /// <summary>The folder's absolute path, or the address.</summary>
    public string Location { get; private set; } = "";

    /// <summary>Name of the secret that opens it; never the value. Its form depends on the kind.</summary>
    public string? Credential { get; private set; }

    /// <summary>The region that requests to an S3 store are signed for; null for every other kind, and where the service knows none.</summary>
    public string? Region { get; private set; }

    public static DefinitiveStore Register(string key, string name, StoreKind kind, string location, string? credential, string? region) =>
        new() { Id = StoreId.New(), Key = key, Name = name, Kind = kind, Location = location, Credential = credential, Region = region };

    public void Move(string name, string location, string? credential, string? region) => (Name, Location, Credential, Region) = (name, location, credential, region);
}
