using DeployHub.Domain.Inventory.Dependencies;

namespace DeployHub.Domain.Deployments.Clashing;

/// <summary>Tells which deployments cannot, or should not, happen at the same time (domain §2.2.3). A slot that ends when the other starts does not overlap.</summary>
public static class ClashDetection
{
    private const int MostNamed = 4;

    /// <summary>The lock first, then in the order in which the others start.</summary>
    /// <param name="accepted">What somebody took the responsibility for, on this side.</param>
    public static IReadOnlyList<Clash> Find(ClashSide mine, IEnumerable<ClashSide> others, IReadOnlyList<AcceptedClash> accepted) =>
    [
        .. others.Where(other => other.Number != mine.Number)
            .SelectMany(other => Between(mine, other))
            .Select(clash => clash with { Accepted = clash.MayBeAccepted ? accepted.LastOrDefault(one => one.Covers(clash)) : null })
            .OrderBy(clash => clash.Kind is not ClashKind.Lock).ThenBy(clash => clash.Overlap.Start).ThenBy(clash => clash.With, StringComparer.Ordinal).ThenBy(clash => clash.Kind),
    ];

    /// <summary>When both are planned; null when they are not at the same time.</summary>
    public static Slot? Overlap(Slot one, Slot other)
    {
        var (start, end) = (Later(one.Start, other.Start), Earlier(one.End, other.End));
        return start < end ? new Slot(start, end) : null;
    }

    private static IEnumerable<Clash> Between(ClashSide mine, ClashSide other)
    {
        if (Overlap(mine.Slot, other.Slot) is not { } overlap) yield break;

        var isSameEnvironment = mine.Environment == other.Environment;
        var locked = isSameEnvironment ? mine.Components.Intersect(other.Components).ToList() : [];
        var targets = isSameEnvironment ? mine.Targets.Intersect(other.Targets).ToList() : [];
        var declarations = isSameEnvironment ? Declarations(mine, other) : [];
        var people = mine.People.Intersect(other.People, StringComparer.OrdinalIgnoreCase).ToList();

        if (locked.Count > 0) yield return Said(ClashKind.Lock, locked, $"deploys {Named(locked, "more component")} to {other.Environment} as well, where only one may at a time");
        if (targets.Count > 0 && locked.Count == 0) yield return Said(ClashKind.Targets, targets, $"works on {Named(targets, "more target")} in {other.Environment} as well");
        if (declarations.Count > 0) yield return Said(ClashKind.Dependency, declarations, $"is bound to this one: {Named(declarations, "more declaration")}");
        if (people.Count > 0) yield return Said(ClashKind.People, people, $"needs {Named(people, "more name")} as well");

        Clash Said(ClashKind kind, IReadOnlyList<string> shared, string what) =>
            new(other.Number, other.Title, kind, overlap, shared, $"{other.Number} “{other.Title}” of {other.Owner} {what}, from {InWords(overlap)}.");
    }

    /// <summary>Such as “shop-web 2.0.0 needs shop-api ^2.1 in the same environment”, of either side about a component of the other.</summary>
    private static List<string> Declarations(ClashSide mine, ClashSide other) =>
        [.. DeclaredOf(mine.Versions, other).Concat(DeclaredOf(other.Versions, mine)).Distinct()];

    private static IEnumerable<string> DeclaredOf(IReadOnlyList<DeclaringVersion> versions, ClashSide about) =>
        from version in versions
        from dependency in version.Dependencies
        where about.Components.Contains(dependency.Component) && dependency.Component != version.Component
        select $"{version} {dependency.InWords()}";

    private static string InWords(Slot overlap) => overlap.Start.UtcDateTime.Date == overlap.End.UtcDateTime.Date
        ? $"{overlap.Start.UtcDateTime:ddd d MMM yyyy HH:mm} to {overlap.End.UtcDateTime:HH:mm} UTC"
        : $"{overlap.Start.UtcDateTime:ddd d MMM yyyy HH:mm} to {overlap.End.UtcDateTime:ddd d MMM HH:mm} UTC";

    private static string Named(List<string> names, string noun) => Words.List(names.Count <= MostNamed + 1 ? names : [.. names.Take(MostNamed), Words.Count(names.Count - MostNamed, noun)]);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
