using DeployHub.Domain.Models.Sources;

namespace DeployHub.Features.Models.Sources;

/// <summary>How a model source stands, in one word.</summary>
public enum SourceStanding
{
    /// <summary>Nobody has looked yet.</summary>
    New,

    /// <summary>A worker looks just now.</summary>
    Looking,

    Synchronised,

    /// <summary>The last look failed.</summary>
    Failed,

    /// <summary>Its history was rewritten: nothing goes on until a person decides.</summary>
    Held,
    Paused,
}

internal static class Standing
{
    public static SourceStanding Of(ModelSource source, SourceSync sync, DateTimeOffset at) => (source, sync) switch
    {
        ({ PausedAt: not null }, _) => SourceStanding.Paused,
        (_, { Rewritten: not null }) => SourceStanding.Held,
        (_, { Worker: not null }) when sync.DueAt > at => SourceStanding.Looking,
        (_, { Trouble: not null }) => SourceStanding.Failed,
        (_, { LookedAt: null }) => SourceStanding.New,
        _ => SourceStanding.Synchronised,
    };
}
