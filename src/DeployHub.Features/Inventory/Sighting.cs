using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;

namespace DeployHub.Features.Inventory;

/// <summary>One version of one component in one environment, as last seen on its targets.</summary>
public sealed record Sighting
{
    public required string Component { get; init; }

    /// <summary>Key of the environment.</summary>
    public required string Environment { get; init; }

    public required string EnvironmentName { get; init; }

    [JsonIgnore]
    public int Order { get; init; }

    public required string Label { get; init; }

    public required Digest Digest { get; init; }

    /// <summary>How many targets in use have it.</summary>
    public required int Targets { get; init; }

    /// <summary>Since when the first of them has it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The latest look at any of them.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? RecalledAt { get; init; }

    [JsonIgnore]
    public DateTimeOffset RegisteredAt { get; init; }
}

internal static class Sightings
{
    /// <summary>What is where: counted on targets in use, in the environments' order.</summary>
    /// <param name="inEnvironment">Key of the only environment to look into; null for all.</param>
    public static IQueryable<Sighting> Of(DeployHubDb db, IQueryable<Component> components, string? inEnvironment = null) =>
        from observed in db.ObservedVersions
        join target in db.Targets on observed.TargetId equals target.Id
        where target.RetiredAt == null
        join environment in db.Environments on target.EnvironmentId equals environment.Id
        where inEnvironment == null || environment.Key == inEnvironment
        join component in components on observed.ComponentId equals component.Id
        join version in db.ComponentVersions on observed.VersionId equals version.Id
        group observed by new
        {
            Component = component.Key,
            Environment = environment.Key,
            EnvironmentName = environment.Name,
            environment.Order,
            version.Label,
            version.Digest,
            version.RecalledAt,
            version.RegisteredAt,
        }
        into place
        orderby place.Key.Order, place.Key.Environment, place.Count() descending, place.Key.Label
        select new Sighting
        {
            Component = place.Key.Component,
            Environment = place.Key.Environment,
            EnvironmentName = place.Key.EnvironmentName,
            Order = place.Key.Order,
            Label = place.Key.Label,
            Digest = place.Key.Digest,
            Targets = place.Count(),
            Since = place.Min(observed => observed.Since),
            SeenAt = place.Max(observed => observed.ObservedAt),
            RecalledAt = place.Key.RecalledAt,
            RegisteredAt = place.Key.RegisteredAt,
        };
}
