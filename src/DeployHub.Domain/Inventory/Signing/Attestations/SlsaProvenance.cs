namespace DeployHub.Domain.Inventory.Signing.Attestations;

/// <summary>Where a build took its source from.</summary>
/// <param name="Repository">Without <c>git+</c> and <c>.git</c>, such as <c>https://github.com/acme/shop</c>.</param>
/// <param name="Ref">Such as <c>refs/heads/main</c>; null when it is not said.</param>
/// <param name="Commit">Hexadecimal; null when it is not said.</param>
public sealed record BuildSource(string Repository, string? Ref, string? Commit)
{
    /// <summary>Both cannot be meant: another repository, or another ref or commit where both name one.</summary>
    public bool Contradicts(BuildSource other) =>
        Repository != other.Repository || (Ref is { } name && other.Ref is { } otherName && name != otherName) || (Commit is { } commit && other.Commit is { } otherCommit && commit != otherCommit);

    /// <summary>Reads <c>git+https://github.com/acme/shop@refs/heads/main</c>, with or without its parts.</summary>
    public static BuildSource Of(string uri, string? reference = null, string? commit = null)
    {
        var plain = uri.StartsWith("git+", StringComparison.Ordinal) ? uri["git+".Length..] : uri;
        var path = plain.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? plain.IndexOf('/', scheme + 3) : plain.IndexOf('/', StringComparison.Ordinal);
        if (path >= 0 && plain.IndexOf('@', path) is >= 0 and var at) (plain, reference) = (plain[..at], reference ?? plain[(at + 1)..]);
        if (plain.EndsWith(".git", StringComparison.Ordinal)) plain = plain[..^".git".Length];
        return new BuildSource(plain.TrimEnd('/'), reference is { Length: > 0 } ? reference : null, commit is { Length: > 0 } ? commit.ToLowerInvariant() : null);
    }
}

/// <summary>How an artefact was built, as SLSA's provenance v1 and v0.2 say it (slsa.dev/spec).</summary>
/// <param name="Source">Null when none is said, or when several could be it.</param>
/// <param name="Parameters">What whoever started the build could choose, by path: <c>workflow.ref</c>.</param>
/// <param name="Invocation">Which build it was; null when it is not said.</param>
public sealed record SlsaProvenance(string Version, string Builder, string BuildType, BuildSource? Source, IReadOnlyDictionary<string, string> Parameters, string? Invocation)
{
    private const int MostParameters = 1000;

    /// <summary>External parameters of the known kinds of build that say what to build, the plainest first.</summary>
    private static readonly string[] SourceParameters = ["sourceToBuild", "workflow", "buildConfigSource", "source"];

    /// <summary>The first name of a parameter with which a path could be that of another; null when there is none.</summary>
    public string? UnclearName { get; private init; }

    /// <summary>Null when the predicate is no provenance that is understood.</summary>
    internal static SlsaProvenance? Read(string predicateType, JsonPlace predicate) => predicateType switch
    {
        "https://slsa.dev/provenance/v1" => V1(predicate),
        "https://slsa.dev/provenance/v0.2" => V02(predicate),
        _ => null,
    };

    private static SlsaProvenance V1(JsonPlace predicate)
    {
        var definition = predicate.Member("buildDefinition") ?? throw predicate.Refuse("has no buildDefinition");
        var details = predicate.Member("runDetails") ?? throw predicate.Refuse("has no runDetails");
        var builder = details.Member("builder") ?? throw details.Refuse("has no builder");
        var external = definition.Member("externalParameters");
        var dependencies = definition.Items("resolvedDependencies").Where(dependency => dependency.Text("uri") is { Length: > 0 }).Select(dependency => SourceAt(dependency)).ToList();
        return new SlsaProvenance("v1", builder.Needed("id"), definition.Needed("buildType"), V1Source(external, dependencies), Flat(external), details.Member("metadata")?.Text("invocationId")) { UnclearName = Unclear(external) };
    }

    /// <summary>What the builder was told to build; only where it says nothing of that, the only thing that it fetched.</summary>
    private static BuildSource? V1Source(JsonPlace? external, List<BuildSource> dependencies)
    {
        List<BuildSource> told = external is null ? [] : [.. SourceParameters.Select(name => ToldBy(external, name)).OfType<BuildSource>()];
        if (told.Count == 0) return Only(dependencies);
        if (told.Exists(one => told.Exists(one.Contradicts))) return null;

        var (repository, reference) = (told[0].Repository, told.Find(one => one.Ref is not null)?.Ref);
        var fetched = dependencies.Where(dependency => dependency.Repository == repository && (reference is null || dependency.Ref is null || dependency.Ref == reference)).ToList();
        return new BuildSource(repository, reference ?? Only(fetched)?.Ref, told.Find(one => one.Commit is not null)?.Commit ?? Only(fetched)?.Commit);
    }

    /// <summary>Null when the parameter names no repository.</summary>
    private static BuildSource? ToldBy(JsonPlace external, string name) => external.Member(name) switch
    {
        { IsText: true } text when name == "source" && text.AsText() is { Length: > 0 } uri => BuildSource.Of(uri),
        { IsObject: true } place when place.Member("repository") is { IsText: true } repository && repository.AsText() is { Length: > 0 } uri => BuildSource.Of(uri, place.Text("ref")),
        { IsObject: true } place when place.Member("uri") is { IsText: true } address && address.AsText().Length > 0 => SourceAt(place),
        _ => null,
    };

    private static SlsaProvenance V02(JsonPlace predicate)
    {
        var builder = predicate.Member("builder") ?? throw predicate.Refuse("has no builder");
        var invocation = predicate.Member("invocation");
        var source = invocation?.Member("configSource") is { } told && told.Text("uri") is { Length: > 0 } ? SourceAt(told)
            : Only([.. predicate.Items("materials").Where(material => material.Text("uri") is { Length: > 0 }).Select(material => SourceAt(material))]);
        var (parameters, metadata) = (invocation?.Member("parameters"), predicate.Member("metadata"));
        return new SlsaProvenance("v0.2", builder.Needed("id"), predicate.Needed("buildType"), source, Flat(parameters), metadata?.Text("buildInvocationId") ?? metadata?.Text("buildInvocationID")) { UnclearName = Unclear(parameters) };
    }

    private static BuildSource SourceAt(JsonPlace place)
    {
        var digest = place.Member("digest");
        return BuildSource.Of(place.Needed("uri"), commit: digest?.Text("gitCommit") ?? digest?.Text("sha1"));
    }

    private static BuildSource? Only(List<BuildSource> sources) => sources.Count == 1 ? sources[0] : null;

    private static Dictionary<string, string> Flat(JsonPlace? parameters)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parameters is not null) Add(parameters, "", flat);
        return flat;
    }

    /// <summary>What is empty is there, too. Nesting is bounded by the reading of JSON itself.</summary>
    private static void Add(JsonPlace place, string path, Dictionary<string, string> flat)
    {
        if (flat.Count >= MostParameters) throw place.Refuse($"is beyond the {MostParameters:N0} parameters that are read", "size");
        var isEmpty = true;
        if (place.IsObject)
            foreach (var (name, value) in place.Members())
            {
                isEmpty = false;
                Add(value, path.Length == 0 ? name : $"{path}.{name}", flat);
            }
        else if (place.IsList)
            foreach (var (value, index) in place.Items().Select((value, index) => (value, index)))
            {
                isEmpty = false;
                Add(value, $"{path}[{index}]", flat);
            }

        if (isEmpty && (place.Plain() ?? (path.Length > 0 ? "" : null)) is { } text && !flat.TryAdd(path, text)) throw place.Refuse("is a parameter that is written in two ways");
    }

    private static string? Unclear(JsonPlace? place)
    {
        if (place is null) return null;
        if (place.IsObject)
            return place.Members().Select(member => member.Name.Length == 0 || member.Name.Contains('.', StringComparison.Ordinal) || member.Name.Contains('[', StringComparison.Ordinal) ? member.Name : Unclear(member.Value)).FirstOrDefault(name => name is not null);
        return place.IsList ? place.Items().Select(Unclear).FirstOrDefault(name => name is not null) : null;
    }
}
