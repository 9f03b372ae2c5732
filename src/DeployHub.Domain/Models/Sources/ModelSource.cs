using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Sources;

/// <summary>A folder of a Git repository that models are taken from. How far that came is in <see cref="SourceSync"/>, so that looking changes nothing that people edit.</summary>
public sealed class ModelSource
{
    private ModelSource() { }

    public ModelSourceId Id { get; private init; }

    /// <summary>Unique, stands in addresses and in the origin of versions, never changes.</summary>
    public string Key { get; private init; } = "";

    public SourceSettings Settings { get; private set; } = new("", "", "");

    /// <summary>Answers for the models that it brings until somebody else does (domain A1).</summary>
    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <summary>Since when nobody looks; null while somebody does.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Who paused it and why, in a sentence.</summary>
    public string? PausedBecause { get; private set; }

    public static ModelSource Register(string key, SourceSettings settings, Actor by, DateTimeOffset at) =>
        new() { Id = ModelSourceId.New(), Key = key, Settings = settings, RegisteredBy = by, RegisteredAt = at };

    /// <summary>By whom versions are written that it brings: machines never approve (SOD-6).</summary>
    public Actor ToActor() => new(Id.Value.ToString(), $"Git source {Key}", ActorKind.Machine);

    public void Configure(SourceSettings settings) => Settings = settings;

    public void Pause(string reason, Actor by, DateTimeOffset at)
    {
        if (PausedAt is null) (PausedAt, PausedBecause) = (at, $"{by.Name}: {reason}");
    }

    public void Resume() => (PausedAt, PausedBecause) = (null, null);
}
