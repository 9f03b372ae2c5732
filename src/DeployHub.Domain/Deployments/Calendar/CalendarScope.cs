using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>What a deployment touches, as far as windows and freezes ask.</summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Service">Key of the service.</param>
/// <param name="IsClosedByDefault">Nothing may be deployed there while no window is defined.</param>
/// <param name="Targets">The labels of each target.</param>
public sealed record CalendarPlace(string Environment, string Service, bool IsClosedByDefault, IReadOnlyList<IReadOnlyDictionary<string, string>> Targets)
{
    /// <summary>Keys of further services whose components are moved with it: it is open while it is for all of them, and frozen while it is for one.</summary>
    public IReadOnlyList<string> OtherServices { get; init; } = [];

    /// <summary>The same place for each of its services.</summary>
    public IEnumerable<CalendarPlace> Each => OtherServices.Prepend(Service).Distinct().Select(service => this with { Service = service, OtherServices = [] });

    /// <summary>Production is closed until a window exists; so is another live environment that is none of development, test and staging (domain Appendix A).</summary>
    public static bool ClosesByDefault(Tier tier, bool isLive) => tier switch
    {
        Tier.Production => true,
        Tier.DisasterRecovery or Tier.Other => isLive,
        _ => false,
    };
}

/// <summary>Where a window or a freeze holds: everything that is said has to be so. With nothing said, in the whole organisation.</summary>
/// <param name="Environment">Key of an environment; null for every one.</param>
/// <param name="Service">Key of a service; null for every one.</param>
/// <param name="Label">Name of a label that a target has to have.</param>
/// <param name="LabelValue">What that label has to be.</param>
public sealed record CalendarScope(string? Environment = null, string? Service = null, string? Label = null, string? LabelValue = null)
{
    /// <summary>Speaks about the environment and the service, whatever the targets.</summary>
    public bool Reaches(string environment, string service) => (Environment is null || Environment == environment) && (Service is null || Service == service);

    public bool CoversTarget(IReadOnlyDictionary<string, string> labels) => Label is null || (labels.TryGetValue(Label, out var value) && value == LabelValue);

    /// <summary>At least a part of what is touched lies in it.</summary>
    public bool Touches(CalendarPlace place) => Reaches(place.Environment, place.Service) && (Label is null || place.Targets.Any(CoversTarget));

    /// <summary>Such as “targets with site=berlin of shop in production”, or “the whole organisation”.</summary>
    public string InWords() => (Label, Service, Environment) switch
    {
        (null, null, null) => "the whole organisation",
        (null, null, { } environment) => environment,
        (null, { } service, null) => $"{service} everywhere",
        (null, { } service, { } environment) => $"{service} in {environment}",
        _ => $"targets with {Label}={LabelValue}{(Service is null ? "" : $" of {Service}")}{(Environment is null ? "" : $" in {Environment}")}",
    };
}
