namespace DeployHub.Domain.Inventory;

/// <summary>How an environment stands against the one its versions come from, for one component.</summary>
public enum Standing
{
    /// <summary>No version was seen here.</summary>
    Empty,

    /// <summary>Nothing comes before this environment.</summary>
    First,

    Same,

    /// <summary>Something newer than before it, or something that was never there.</summary>
    Ahead,

    /// <summary>What comes before it has something newer.</summary>
    Behind,

    /// <summary>The same newest version, but others beside it on one side only.</summary>
    Mixed,
}

public static class Standings
{
    /// <param name="here">When the versions seen here were registered, by label; a version is newer when it was registered later.</param>
    /// <param name="before">The same for the environment before; null when there is none.</param>
    public static Standing Of(IReadOnlyDictionary<string, DateTimeOffset> here, IReadOnlyDictionary<string, DateTimeOffset>? before)
    {
        if (here.Count == 0) return Standing.Empty;
        if (before is null) return Standing.First;
        if (before.Count == 0) return Standing.Ahead;
        if (here.Keys.ToHashSet().SetEquals(before.Keys)) return Standing.Same;

        return here.Values.Max().CompareTo(before.Values.Max()) switch
        {
            > 0 => Standing.Ahead,
            < 0 => Standing.Behind,
            _ => Standing.Mixed,
        };
    }
}
