using DeployHub.Domain.Vulnerabilities.Versions;

namespace DeployHub.Domain.Vulnerabilities;

public enum Affectedness
{
    No,
    Yes,

    /// <summary>The order of its versions is not known, or the version is none that can be ordered.</summary>
    CannotTell,
}

/// <summary>Whether one version of a package is affected, by the evaluation that the OSV format lays down.</summary>
public static class RangeJudgement
{
    public static Affectedness Judge(AffectedPackage package, string version)
    {
        var scheme = Ecosystem.SchemeOf(package.Ecosystem);
        if (package.Versions.Any(listed => IsSame(scheme, listed, version))) return Affectedness.Yes;

        var verdicts = package.Ranges.Select(range => Judge(range, range.IsSemVer ? VersionScheme.SemVer : scheme, version)).ToList();
        if (verdicts.Contains(Affectedness.Yes)) return Affectedness.Yes;
        if (verdicts.Contains(Affectedness.CannotTell)) return Affectedness.CannotTell;
        return package is { Ranges.Count: 0, Versions.Count: 0 } ? Affectedness.Yes : Affectedness.No; // it says no version: then all
    }

    /// <summary>The versions above this one that mend it, as far as ranges tell, the oldest first.</summary>
    public static IReadOnlyList<string> FixedIn(AffectedPackage package, string version)
    {
        var scheme = Ecosystem.SchemeOf(package.Ecosystem);
        var newer = (from range in package.Ranges
                     let order = Order(range, scheme)
                     from e in range.Events
                     where e.Kind is RangeEventKind.Fixed && (order is not { } known || VersionOrder.Compare(known, e.Version, version) is null or > 0)
                     select e.Version).Distinct().ToList();
        var ordered = scheme ?? VersionScheme.SemVer;
        return newer.All(one => VersionOrder.Compare(ordered, one, one) is not null) ? [.. newer.Order(Comparer<string>.Create((left, right) => VersionOrder.Compare(ordered, left, right) ?? 0))] : newer;
    }

    private static Affectedness Judge(AffectedRange range, VersionScheme? scheme, string version)
    {
        if (scheme is not { } order) return Affectedness.CannotTell;
        if (range.Events.Any(e => IsAbove(order, version, e) is null)) return Affectedness.CannotTell;

        var limits = range.Events.Where(e => e.Kind is RangeEventKind.Limit).ToList();
        if (limits.Count > 0 && limits.All(limit => limit.Version != "*" && IsAbove(order, version, limit) >= 0)) return Affectedness.No;

        var isAffected = false;
        foreach (var e in Sorted(order, range))
            isAffected = (e.Kind, IsAbove(order, version, e)) switch
            {
                (RangeEventKind.Introduced, >= 0) => true,
                (RangeEventKind.Fixed, >= 0) => false,
                (RangeEventKind.LastAffected, > 0) => false,
                _ => isAffected,
            };
        return isAffected ? Affectedness.Yes : Affectedness.No;
    }

    /// <summary>At the same version what is fixed comes before what is introduced again, so that a contradiction counts as affected.</summary>
    private static IEnumerable<RangeEvent> Sorted(VersionScheme order, AffectedRange range) =>
        range.Events.Where(e => e.Kind is not RangeEventKind.Limit)
            .OrderBy(e => e, Comparer<RangeEvent>.Create((left, right) => left.Version == "0" || right.Version == "0" ? (right.Version == "0").CompareTo(left.Version == "0") : VersionOrder.Compare(order, left.Version, right.Version) ?? 0))
            .ThenBy(e => e.Kind switch { RangeEventKind.Fixed => 0, RangeEventKind.Introduced => 1, _ => 2 });

    private static int? IsAbove(VersionScheme order, string version, RangeEvent e) => e switch
    {
        { Kind: RangeEventKind.Introduced, Version: "0" } => VersionOrder.Compare(order, version, version) is null ? null : 1,
        { Kind: RangeEventKind.Limit, Version: "*" } => -1,
        _ => VersionOrder.Compare(order, version, e.Version),
    };

    private static VersionScheme? Order(AffectedRange range, VersionScheme? scheme) => range.IsSemVer ? VersionScheme.SemVer : scheme;

    private static bool IsSame(VersionScheme? scheme, string listed, string version) =>
        listed == version || (scheme is { } order && VersionOrder.Compare(order, listed, version) == 0);
}
