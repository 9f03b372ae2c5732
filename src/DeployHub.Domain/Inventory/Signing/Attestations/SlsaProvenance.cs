namespace DeployHub.Domain.Inventory.Signing.Attestations;

/// <summary>Where a build took its source from.</summary>
/// <param name="Repository">Without <c>git+</c> and <c>.git</c>, such as <c>https://github.com/acme/shop</c>.</param>
/// <param name="Ref">Such as <c>refs/heads/main</c>; null when it is not said.</param>
/// <param name="Commit">Hexadecimal; null when it is not said.</param>
public sealed record BuildSource(string Repository, string? Ref, string? Commit)
{
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
        return new SlsaProvenance("v1", builder.Needed("id"), definition.Needed("buildType"), V1Source(external, dependencies), Flat(external), details.Member("metadata")?.Text("invocationId"));
    }

    /// <summary>What the builder was told to build; only where it says nothing of that, the only thing that it fetched.</summary>
    private static BuildSource? V1Source(JsonPlace? external, List<BuildSource> dependencies)
    {
        if (external is null) return Only(dependencies);
        var told = (external.Member("workflow") ?? external.Member("buildConfigSource") ?? external.Member("sourceToBuild")) is { IsObject: true } part && part.Text("repository") is { Length: > 0 } repository
                ? BuildSource.Of(repository, part.Text("ref"))
            : external.Member("source") switch
            {
                { IsText: true } text => BuildSource.Of(text.AsText()),
                { IsObject: true } place when place.Text("uri") is { Length: > 0 } => SourceAt(place),
                _ => null,
            };
        if (told is null) return Only(dependencies);

        var fetched = dependencies.Where(dependency => dependency.Repository == told.Repository && (told.Ref is null || dependency.Ref is null || dependency.Ref == told.Ref)).ToList();
        return told with { Commit = told.Commit ?? Only(fetched)?.Commit, Ref = told.Ref ?? Only(fetched)?.Ref };
    }

    private static SlsaProvenance V02(JsonPlace predicate)
    {
        var builder = predicate.Member("builder") ?? throw predicate.Refuse("has no builder");
        var invocation = predicate.Member("invocation");
        var source = invocation?.Member("configSource") is { } told && told.Text("uri") is { Length: > 0 } ? SourceAt(told)
            : Only([.. predicate.Items("materials").Where(material => material.Text("uri") is { Length: > 0 }).Select(material => SourceAt(material))]);
        return new SlsaProvenance("v0.2", builder.Needed("id"), predicate.Needed("buildType"), source, Flat(invocation?.Member("parameters")), predicate.Member("metadata")?.Text("buildInvocationId") ?? predicate.Member("metadata")?.Text("buildInvocationID"));
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

    /// <summary>Nesting is bounded by the reading of JSON itself.</summary>
    private static void Add(JsonPlace place, string path, Dictionary<string, string> flat)
    {
        if (flat.Count >= MostParameters) throw place.Refuse($"is beyond the {MostParameters:N0} parameters that are read", "size");
        if (place.IsObject) foreach (var (name, value) in place.Members()) Add(value, path.Length == 0 ? name : $"{path}.{name}", flat);
        else if (place.IsList) foreach (var (value, index) in place.Items().Select((value, index) => (value, index))) Add(value, $"{path}[{index}]", flat);
        else if (place.Plain() is { } text && !flat.TryAdd(path, text)) throw place.Refuse("is a parameter that is written in two ways");
    }
}
