using DeployHub.Features.Inventory;

namespace DeployHub.Web.Pages.Services;

/// <summary>What people type about a service.</summary>
public sealed class ServiceForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public string? Owner { get; set; }

    public string? Description { get; set; }

    public uint? Seen { get; set; }

    public RegisterService ToRegister() => new(Key ?? "", Name ?? "", Owner ?? "", Description);

    public DescribeService ToDescribe(string key) => new(key, Name ?? "", Owner ?? "", Description, Seen);

    public static ServiceForm Of(ShowService.View service) =>
        new() { Key = service.Key, Name = service.Name, Owner = service.OwnerEmail ?? service.Owner, Description = service.Description, Seen = service.RowVersion };
}
