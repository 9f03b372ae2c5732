using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;

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

    public bool AreHolidays { get; set; }

    /// <summary>Of the country or region whose public holidays it has.</summary>
    public string? Country { get; set; }

    /// <summary>Keys, separated by commas.</summary>
    public string? Organisations { get; set; }

    public static IEnumerable<SelectListItem> Countries => PublicHolidays.All.Select(known => new SelectListItem($"{known.Name} ({known.Code})", known.Code));

    /// <summary>The row version that was looked at.</summary>
    public uint? Seen { get; set; }

    public BusySettings ToSettings() => new(Name ?? "", Address.OrNull(), Credential.OrNull(), Keys(Environments), Keys(Services), Zone ?? "", AreHolidays || !string.IsNullOrEmpty(Country), Country.OrNull(), Keys(Organisations));

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
        AreHolidays = calendar.Settings.AreHolidays,
        Country = calendar.Settings.Country,
        Organisations = string.Join(", ", calendar.Settings.Organisations),
    };

    /// <summary>Refusals name the command's fields; the form has them side by side.</summary>
    public static Domain.Error ForForm(Domain.Error error) => error with { Fields = error.Fields.ToDictionary(field => field.Key.Replace("Settings.", "", StringComparison.Ordinal), field => field.Value) };

    private static string[] Keys(string? text) => (text ?? "").Split([',', ' ', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
