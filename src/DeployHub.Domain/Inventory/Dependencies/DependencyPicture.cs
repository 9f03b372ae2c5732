namespace DeployHub.Domain.Inventory.Dependencies;

/// <summary>A version with what it declares.</summary>
/// <param name="Component">Key of its component.</param>
public sealed record DeclaringVersion(string Component, string Label, IReadOnlyList<Dependency> Dependencies)
{
    /// <summary>The component is taken away, and nothing comes in its place.</summary>
    public bool IsAbsent => Label == WatchedFact.Absent;

    public override string ToString() => $"{Component} {Label}";
}

/// <summary>A version on a target.</summary>
/// <param name="Target">The target's name.</param>
public sealed record PlacedVersion(string Target, DeclaringVersion Version)
{
    /// <summary>Where another version was found than is recorded, that one is there. What nobody registered declares nothing.</summary>
    /// <param name="found">By open drift; <see cref="WatchedFact.Absent"/> for none.</param>
    public static IReadOnlyList<PlacedVersion> AsFound(IReadOnlyList<PlacedVersion> recorded, IReadOnlyList<PlacedVersion> found)
    {
        var others = found.Where(other => !recorded.Any(placed => placed.IsAtPlaceOf(other) && placed.Version.Label == other.Version.Label)).ToList();
        return
        [
            .. recorded.Where(placed => !others.Any(placed.IsAtPlaceOf)).Concat(others.Where(other => other.Version.Label != WatchedFact.Absent))
                .OrderBy(placed => placed.Target, StringComparer.Ordinal).ThenBy(placed => placed.Version.Component, StringComparer.Ordinal),
        ];
    }

    private bool IsAtPlaceOf(PlacedVersion other) => Target == other.Target && Version.Component == other.Version.Component;
}

/// <summary>What one declaration came to.</summary>
/// <param name="Declaration">Who declares what.</param>
/// <param name="Seen">What is there once the plan is carried out.</param>
/// <param name="Objection">Why that will not do, and what would; null when it will.</param>
public sealed record DependencyVerdict(string Declaration, string Seen, string? Objection);

/// <summary>
/// An environment as it is once a plan is carried out: what runs there now, except what the plan replaces, and what it brings (domain §2.2.2 B2).
/// Tells which declarations do not hold then, of what comes and of what stays.
/// </summary>
/// <param name="targets">Names of the planned targets.</param>
/// <param name="here">What runs in the whole environment now.</param>
public sealed class DependencyPicture(string environment, IReadOnlyList<string> targets, IReadOnlyList<DeclaringVersion> brought, IReadOnlyList<PlacedVersion> here)
{
    private const int MostNamed = 3;

    /// <summary>The plan says why what stays may do without what it removes.</summary>
    public bool IsMissingAccepted { get; init; }

    private readonly List<PlacedVersion> _staying = [.. here.Where(placed => !targets.Contains(placed.Target) || !brought.Any(version => version.Component == placed.Version.Component))];
    private readonly List<PlacedVersion> _coming = [.. brought.Where(version => !version.IsAbsent).SelectMany(version => targets.Select(target => new PlacedVersion(target, version)))];

    /// <summary>Keys of the components that stay and declare that they need something that the plan brings.</summary>
    public IReadOnlyList<string> Dependants() =>
    [
        .. _staying.Where(placed => brought.All(version => version.Component != placed.Version.Component)
                && placed.Version.Dependencies.Any(dependency => dependency.Kind is not DependencyKind.NotWith && brought.Any(version => version.Component == dependency.Component)))
            .Select(placed => placed.Version.Component).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Of everything that the plan brings.</summary>
    public IReadOnlyList<DependencyVerdict> Verdicts() => [.. brought.SelectMany(version => Verdicts(version.Component))];

    /// <summary>Of one component that the plan brings: what its version declares, and what those that stay declare of it.</summary>
    public IReadOnlyList<DependencyVerdict> Verdicts(string component) =>
    [
        .. brought.Where(version => version.Component == component).SelectMany(version => version.Dependencies, Own),
        .. _staying.Where(placed => placed.Version.Component != component)
            .SelectMany(placed => placed.Version.Dependencies.Where(dependency => dependency.Component == component), (placed, dependency) => (placed, dependency))
            .GroupBy(declared => (declared.placed.Version.Component, declared.placed.Version.Label, declared.dependency))
            .Select(same => OfStaying([.. same.Select(declared => declared.placed)], same.Key.dependency)).OfType<DependencyVerdict>(),
    ];

    private DependencyVerdict Own(DeclaringVersion version, Dependency dependency)
    {
        var others = _staying.Concat(_coming).Where(placed => placed.Version.Component == dependency.Component && (dependency.Where is DependencyPlace.SameEnvironment || targets.Contains(placed.Target))).ToList();
        var without = dependency.Where is DependencyPlace.SameTarget ? targets.Where(target => others.TrueForAll(placed => placed.Target != target)).ToList() : [];
        var wrong = others.Where(placed => !dependency.Allows(placed.Version.Label)).ToList();
        var isMissing = dependency.Kind is DependencyKind.Needs && (others.Count == 0 || without.Count > 0);

        var objections = new List<string>();
        if (isMissing) objections.Add($"{(without.Count > 0 ? $"{Named(without)} {(without.Count == 1 ? "has" : "have")} none" : $"{environment} has none")}: deploy {dependency.Component} there first, or add it to the plan.");
        if (wrong.Count > 0) objections.Add($"{Found(wrong)}: {Remedy(dependency, version)}");
        return new DependencyVerdict($"{version} {dependency.InWords()}", others.Count == 0 ? "none is there" : Found(others), objections.Count == 0 ? null : $"{version} {dependency.InWords()}, but {string.Join(" And ", objections)}");
    }

    /// <summary>Null when what comes does not concern it: it stands on other targets.</summary>
    private DependencyVerdict? OfStaying(IReadOnlyList<PlacedVersion> declaring, Dependency dependency)
    {
        var concerned = dependency.Where is DependencyPlace.SameEnvironment ? declaring : [.. declaring.Where(placed => targets.Contains(placed.Target))];
        if (concerned.Count == 0) return null;

        var (version, comes) = (concerned[0].Version, brought.First(coming => coming.Component == dependency.Component));
        var places = Named([.. concerned.Select(placed => placed.Target).Distinct()]);
        if (comes.IsAbsent) return OfRemoved(version, places, dependency);

        var objection = dependency.Allows(comes.Label) ? null
            : $"{version}, which stays on {places}, {dependency.InWords()}, but the plan brings {comes.Label}: plan another version of {dependency.Component}, or first deploy a version of {version.Component} that goes with it.";
        return new DependencyVerdict($"{version} on {places} {dependency.InWords()}", $"the plan brings {comes.Label}", objection);
    }

    /// <summary>What stays elsewhere in the environment is as good, where that is all that is needed.</summary>
    private DependencyVerdict OfRemoved(DeclaringVersion version, string places, Dependency dependency)
    {
        var isMissed = dependency.Kind is DependencyKind.Needs
            && !(dependency.Where is DependencyPlace.SameEnvironment && _staying.Exists(placed => placed.Version.Component == dependency.Component && dependency.Allows(placed.Version.Label)));
        var objection = isMissed && !IsMissingAccepted
            ? $"{version}, which stays on {places}, {dependency.InWords()}, but the plan removes it: remove {version.Component} first or in the same plan, deploy a version of it that does without, or say in the plan why it may stay."
            : null;
        return new DependencyVerdict($"{version} on {places} {dependency.InWords()}", $"the plan removes {dependency.Component}{(isMissed && IsMissingAccepted ? " and accepts that" : "")}", objection);
    }

    private static string Remedy(Dependency dependency, DeclaringVersion version) => dependency.Kind is DependencyKind.NotWith
        ? $"take {dependency.Component} away there or deploy another version of it, or plan another version of {version.Component}."
        : $"deploy {dependency.Component} {dependency.Versions.Trim()} first or in the same plan, or plan another version of {version.Component}.";

    /// <summary>Such as “web-1 and web-2 have 1.9.0 and the plan brings 2.0.0”.</summary>
    private string Found(IReadOnlyList<PlacedVersion> placed) => Words.List(placed.GroupBy(one => (one.Version.Label, Comes: _coming.Contains(one)))
        .Select(same => same.Key.Comes ? $"the plan brings {same.Key.Label}" : $"{Named([.. same.Select(one => one.Target)])} {(same.Count() == 1 ? "has" : "have")} {same.Key.Label}"));

    private static string Named(List<string> names) => Words.List(names.Count <= MostNamed + 1 ? names : [.. names.Take(MostNamed), Words.Count(names.Count - MostNamed, "more target")]);
}
