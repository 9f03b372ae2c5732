using System.Text.Json.Serialization;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Workers;

namespace DeployHub.Domain.Runs;

/// <summary>A version that the run moves, as the plan bound it.</summary>
/// <param name="Component">The component's key.</param>
/// <param name="VersionId">Null where the component is to be absent.</param>
public sealed record MovedVersion(ComponentId ComponentId, string Component, ComponentVersionId? VersionId, string Label, Digest Digest)
{
    [JsonIgnore]
    public bool IsRemoval => VersionId is null;

    /// <summary>Such as “web 1.2.0” or “removal of web”.</summary>
    [JsonIgnore]
    public string Planned => IsRemoval ? $"removal of {Component}" : $"{Component} {Label}";

    /// <summary>What a target has once it is there, such as “web 1.2.0” or “no web”.</summary>
    [JsonIgnore]
    public string InWords => IsRemoval ? $"no {Component}" : $"{Component} {Label}";
}

/// <summary>A target that the run goes to, with what its steps may use.</summary>
/// <param name="Pool">Only workers of this pool go there.</param>
public sealed record RunTarget(TargetId Id, string Name, IReadOnlyDictionary<string, string> Values, string Pool = Pools.Default)
{
    /// <summary>The service's variables as the plan resolved them for this target.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What phases choose by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>What was on a target before Execute; what a rollback returns to.</summary>
/// <param name="Version">Null when the component was not there.</param>
public sealed record Baseline(TargetId TargetId, ComponentId ComponentId, MovedVersion? Version);

/// <summary>What a target has now, by what succeeded there.</summary>
public sealed record Observation(TargetId TargetId, ComponentId ComponentId, ComponentVersionId? VersionId);
