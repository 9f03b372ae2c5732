using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Stores;

/// <summary>What people type about a definitive store.</summary>
public sealed class StoreForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public StoreKind Kind { get; set; }

    public string? Location { get; set; }

    public string? Credential { get; set; }

    public string? Region { get; set; }

    public uint? Seen { get; set; }

    public static IEnumerable<SelectListItem> Kinds => Enum.GetValues<StoreKind>().Select(kind => new SelectListItem(InWords(kind), $"{kind}"));

    public static string InWords(StoreKind kind) => kind switch
    {
        StoreKind.Folder => "Folder that every worker can read",
        StoreKind.Http => "HTTP or HTTPS address",
        StoreKind.Oci => "OCI registry",
        StoreKind.S3 => "S3 bucket",
        StoreKind.Npm => "npm registry",
        StoreKind.NuGet => "NuGet feed",
        _ => Words.Title(kind),
    };

    public RegisterStore ToRegister() => new(Key ?? "", Name ?? "", Kind, Location ?? "", Credential.OrNull(), Region.OrNull());

    public MoveStore ToMove(string key) => new(key, Name ?? "", Location ?? "", Credential.OrNull(), Region.OrNull(), Seen);

    public static StoreForm Of(ShowStore.View store) =>
        new() { Key = store.Key, Name = store.Name, Kind = store.Kind, Location = store.Location, Credential = store.Credential, Region = store.Region, Seen = store.RowVersion };
}
