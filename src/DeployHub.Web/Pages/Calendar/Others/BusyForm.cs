using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Calendar.Others;

/// <summary>What people type about a calendar of others.</summary>
public sealed class BusyForm
{
    public string? Key { get; set; }

    public string? Name { get; set; }

    public string? Address { get; set; }

    public string? Credential { get; set; }

    /// <summary>Keys, separated by commas.</summary>
    public string? Environments { get; set; }

    /// <summary>Keys, separated by commas.</summary>
    public string? Services { get; set; }

    public string? Zone { get; set; } = "Etc/UTC";

    /// <summary>The row version that was looked at.</summary>
    public uint? Seen { get; set; }

    public BusySettings ToSettings() => new(Name ?? "", Address.OrNull(), Credential.OrNull(), Keys(Environments), Keys(Services), Zone ?? "");

    public static BusyForm Of(ListBusyCalendars.Row calendar) => new()
    {
        Key = calendar.Key,
        Seen = calendar.RowVersion,
        Name = calendar.Settings.Name,
        Address = calendar.Settings.Address,
        Credential = calendar.Settings.Credential,
        Environments = string.Join(", ", calendar.Settings.Environments),
        Services = string.Join(", ", calendar.Settings.Services),
        Zone = calendar.Settings.Zone,
    };

    /// <summary>Refusals name the command's fields; the form has them side by side.</summary>
    public static Domain.Error ForForm(Domain.Error error) => error with { Fields = error.Fields.ToDictionary(field => field.Key.Replace("Settings.", "", StringComparison.Ordinal), field => field.Value) };

    private static string[] Keys(string? text) => (text ?? "").Split([',', ' ', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
