using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>What a manifest or an index names: by digest and size, for one platform when it says so.</summary>
internal sealed record OciDescriptor(string Digest, long Size, OciPlatform? Platform);

/// <summary>A manifest, which names blobs, or an index, which names manifests (OCI image specification, and Docker's forms of both).</summary>
internal sealed partial record OciDocument(bool IsIndex, IReadOnlyList<OciDescriptor> Names)
{
    /// <summary>More are in nobody's image.</summary>
    public const int MostNames = 1000;

    private const int LongestWord = 64;

    public static readonly string[] MediaTypes =
    [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json",
    ];

    /// <param name="what">For sentences: which document.</param>
    /// <exception cref="StoreRefusedException">It is neither, or it is both: then readers would not agree on what it names (CVE-2021-41190).</exception>
    public static OciDocument Parse(byte[] bytes, string what)
    {
        var document = StoreJson.Parse(bytes, what);
        var (hasManifests, hasLayers) = (document.Member("manifests") is not null, document.Member("layers") is not null || document.Member("config") is not null);
        if (hasManifests == hasLayers) throw new StoreRefusedException($"{what} is {(hasLayers ? "manifest and index at once" : "neither a manifest nor an index, or one of a form that is too old")}. Push the image again with a tool of today.");

        var names = (hasManifests ? document.Items("manifests") : [.. document.Member("config") is { } config ? [config] : Array.Empty<JsonElement>(), .. document.Items("layers")])
            .Take(MostNames + 1).Select(named => Descriptor(named, what)).ToList();
        return names.Count <= MostNames ? new OciDocument(hasManifests, names) : throw new StoreRefusedException($"{what} names more than {MostNames} parts, which no image needs.");
    }

    private static OciDescriptor Descriptor(JsonElement named, string what)
    {
        var digest = named.Text("digest");
        if (digest is null || !Digest().IsMatch(digest) || named.Member("size") is not { ValueKind: JsonValueKind.Number } size || !size.TryGetInt64(out var bytes) || bytes < 0)
            throw new StoreRefusedException($"{what} names a part without a digest and a size. Push the image again.");

        return new OciDescriptor(digest, bytes, named.Member("platform") is { } platform ? Platform(platform) : null);
    }

    private static OciPlatform? Platform(JsonElement on) =>
        on.Text("os") is { Length: <= LongestWord } os && on.Text("architecture") is { Length: <= LongestWord } architecture && on.Text("variant") is null or { Length: <= LongestWord }
            ? new OciPlatform(os, architecture, on.Text("variant"))
            : null;

    [GeneratedRegex(@"^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\z")]
    private static partial Regex Digest();
}
