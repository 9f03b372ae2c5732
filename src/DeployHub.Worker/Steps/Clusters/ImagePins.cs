using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>Puts the version's images by digest where manifests name them.</summary>
internal static partial class ImagePins
{
    /// <returns>The images that containers have afterwards.</returns>
    /// <exception cref="ClusterRefusedException">An image would not say what runs, or nothing names one that is given.</exception>
    public static IReadOnlyList<string> Set(IReadOnlyList<Manifest> manifests, DeployToKubernetes settings)
    {
        var pins = settings.Images ?? new Dictionary<string, string>();
        var unused = pins.Keys.ToHashSet();
        var images = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var manifest in manifests)
            foreach (var container in manifest.Containers())
            {
                var name = NameOf($"{container["image"]}");
                if (pins.TryGetValue(name, out var pinned))
                {
                    container["image"] = JsonValue.Create(pinned);
                    unused.Remove(name);
                }

                if (!settings.AllowTags && !ByDigest().IsMatch($"{container["image"]}"))
                    throw new ClusterRefusedException($"The image “{container["image"]}” of {manifest.Called} does not say its digest, so nobody knows what would run: give it in images:, or say allowTags: true.");
                images.Add($"{container["image"]}");
            }

        return unused.Count == 0 ? [.. images] : throw new ClusterRefusedException($"No container has the image {Domain.Words.List(unused)}, for which images: gives another.");
    }

    /// <summary>Without tag and digest; a colon before a slash is a port.</summary>
    private static string NameOf(string image)
    {
        var name = image.Split('@')[0];
        return name.LastIndexOf(':') is var colon && colon > name.LastIndexOf('/') ? name[..colon] : name;
    }

    [GeneratedRegex(@"^[^\s@]+@sha256:[0-9a-f]{64}\z")]
    private static partial Regex ByDigest();
}
