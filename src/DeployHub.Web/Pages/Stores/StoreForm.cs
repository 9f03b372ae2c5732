using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;

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

    public RegisterStore ToRegister() => new(Key ?? "", Name ?? "", Kind, Location ?? "", Credential.OrNull(), Region.OrNull());

    public MoveStore ToMove(string key) => new(key, Name ?? "", Location ?? "", Credential.OrNull(), Region.OrNull(), Seen);

    public static StoreForm Of(ShowStore.View store) =>
        new() { Key = store.Key, Name = store.Name, Kind = store.Kind, Location = store.Location, Credential = store.Credential, Region = store.Region, Seen = store.RowVersion };
}
