using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;

namespace DeployHub.Web.Pages.Environments;

/// <summary>What people type about an environment.</summary>
public sealed class EnvironmentForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public Tier Tier { get; set; }

    public string? Owner { get; set; }

    public bool IsLive { get; set; }

    public int Order { get; set; }

    public uint? Seen { get; set; }

    public RegisterEnvironment ToRegister() => new(Key ?? "", Name ?? "", Tier, Owner ?? "", IsLive, Order);

    public DescribeEnvironment ToDescribe(string key) => new(key, Name ?? "", Owner ?? "", IsLive, Order, Seen);

    public static EnvironmentForm Of(ShowEnvironment.View environment) => new()
    {
        Key = environment.Key,
        Name = environment.Name,
        Tier = environment.Tier,
        Owner = environment.OwnerEmail ?? environment.Owner,
        IsLive = environment.IsLive,
        Order = environment.Order,
        Seen = environment.RowVersion,
    };
}
