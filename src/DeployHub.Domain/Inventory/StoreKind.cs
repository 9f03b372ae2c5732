namespace DeployHub.Domain.Inventory;

public enum StoreKind
{
    /// <summary>A folder that every worker can read.</summary>
    Folder,

    /// <summary>An HTTP or HTTPS address; an artefact's path is appended.</summary>
    Http,

    /// <summary>A registry of the OCI distribution specification (“registry v2”); an artefact's path is an <see cref="OciPath"/>.</summary>
    Oci,

    /// <summary>A bucket, or a folder in one, of Amazon S3 or what speaks its protocol; an artefact's path is the key below it.</summary>
    S3,

    /// <summary>A registry of npm packages; an artefact's path is a <see cref="PackagePath"/>.</summary>
    Npm,

    /// <summary>A NuGet feed of version 3, by its service index; an artefact's path is a <see cref="PackagePath"/>.</summary>
    NuGet,
}

public static class StoreKinds
{
    /// <summary>Whether paths name files, so that a signature or a checksum file can lie beside an artefact.</summary>
    public static bool HoldsFiles(this StoreKind kind) => kind is StoreKind.Folder or StoreKind.Http or StoreKind.S3;

    /// <summary>Why no artefact can lie at that path of such a store; null when one can.</summary>
    public static Error? RefusalOf(this StoreKind kind, string path) => kind switch
    {
        StoreKind.Oci => OciPath.Parse(path).Error,
        StoreKind.Npm or StoreKind.NuGet => PackagePath.Parse(path).Error,
        _ => null,
    };
}
