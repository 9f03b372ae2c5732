using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory;

/// <summary>
/// Where an artefact lies in a registry: <c>shop/web</c>, or <c>shop/web@linux/arm64</c> when of an index only that platform is meant.
/// It names no tag, because a tag may lead elsewhere tomorrow; the artefact's digest says which manifest, index or blob it is.
/// </summary>
public sealed partial record OciPath(string Repository, OciPlatform? Platform)
{
    public const string Rule = "Write the repository in the registry, such as shop/web, in lower case and without a tag: the digest says which image. To mean one platform of an index write shop/web@linux/arm64.";

    public static Result<OciPath> Parse(string path)
    {
        var match = Form().Match(path);
        if (!match.Success) return new Error(ErrorKind.Invalid, "oci-path.malformed", Rule);

        var platform = match.Groups["os"].Success
            ? new OciPlatform(match.Groups["os"].Value, match.Groups["architecture"].Value, match.Groups["variant"] is { Success: true } variant ? variant.Value : null)
            : null;
        return new OciPath(match.Groups["repository"].Value, platform);
    }

    // The name as the OCI distribution specification 1.1 has it.
    [GeneratedRegex(@"^(?<repository>[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*)(@(?<os>[a-z0-9]+)/(?<architecture>[a-z0-9]+)(/(?<variant>[a-z0-9.]+))?)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}

/// <param name="Os">As the OCI image specification names it, such as <c>linux</c>.</param>
/// <param name="Architecture">Such as <c>amd64</c>.</param>
/// <param name="Variant">Such as <c>v7</c>; null when any will do.</param>
public sealed record OciPlatform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>Whether what an index offers is what was asked for.</summary>
    public bool Covers(OciPlatform offered) => Os == offered.Os && Architecture == offered.Architecture && (Variant is null || Variant == offered.Variant);

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}
