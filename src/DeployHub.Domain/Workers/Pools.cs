namespace DeployHub.Domain.Workers;

/// <summary>The pools that a worker serves. A pool is a part of the network, or of the firm, whose targets only its own workers reach.</summary>
public sealed record Pools(IReadOnlyList<string> Names)
{
    /// <summary>Of every target and worker that nobody put elsewhere.</summary>
    public const string Default = "default";

    /// <summary>What somebody typed, or left empty, for a target.</summary>
    public static string Named(string? name) => string.IsNullOrWhiteSpace(name) ? Default : name;

    /// <summary>Names separated by commas; the default pool alone when there is none.</summary>
    public static Result<Pools> Parse(string? text)
    {
        var names = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        return names.Find(name => !Key.IsValid(name)) is { } wrong
            ? Error.Invalid("worker.pool-name", "Pools", $"“{wrong}” cannot be the name of a pool. {Key.Rule}")
            : new Pools(names.Count == 0 ? [Default] : names);
    }

    /// <param name="pool">Null for work that any worker can do, such as looking into a store.</param>
    public bool Serves(string? pool) => pool is null || Names.Contains(pool);
}
