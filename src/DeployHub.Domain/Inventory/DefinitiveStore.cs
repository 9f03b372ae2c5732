namespace DeployHub.Domain.Inventory;

public enum StoreKind
{
    /// <summary>A folder that every worker can read.</summary>
    Folder,

    /// <summary>An HTTP or HTTPS address; an artefact's path is appended.</summary>
    Http,
}

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

    /// <summary>Name of the secret sent as bearer token; never the value.</summary>
    public string? Credential { get; private set; }

    public static DefinitiveStore Register(string key, string name, StoreKind kind, string location, string? credential) =>
        new() { Id = StoreId.New(), Key = key, Name = name, Kind = kind, Location = location, Credential = credential };

    public void Move(string name, string location, string? credential) => (Name, Location, Credential) = (name, location, credential);
}
