namespace DeployHub.Domain.Deployments.Relations;

/// <summary>Which deployments start after which.</summary>
/// <param name="after">Of each number, the numbers that it starts after.</param>
public sealed class RelationGraph(IReadOnlyDictionary<string, IReadOnlyList<string>> after)
{
    /// <summary>A way on which this one starts after itself, such as A, B, A; empty when there is none.</summary>
    public IReadOnlyList<string> CircleThrough(string number) => Way(number, number, []) is { } way ? [number, .. way] : [];

    private List<string>? Way(string from, string to, HashSet<string> seen)
    {
        foreach (var next in after.GetValueOrDefault(from, []))
        {
            if (next == to) return [next];
            if (seen.Add(next) && Way(next, to, seen) is { } rest) return [next, .. rest];
        }

        return null;
    }
}
