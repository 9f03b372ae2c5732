using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Materials;

/// <summary>What the package-url specification says of single types.</summary>
internal static partial class PackageUrlRules
{
    private static readonly HashSet<string> LowerCase = ["alpm", "apk", "bitbucket", "bitnami", "brew", "composer", "deb", "github", "hex", "oci"];

    private static readonly HashSet<string> LowerCaseNamespace = ["rpm", "qpkg", "vscode-extension"];

    public static PackageUrl Normalised(PackageUrl url) => url.Type switch
    {
        _ when LowerCase.Contains(url.Type) => url with { Namespace = url.Namespace?.ToLowerInvariant(), Name = url.Name.ToLowerInvariant() },
        _ when LowerCaseNamespace.Contains(url.Type) => url with { Namespace = url.Namespace?.ToLowerInvariant() },
        "pypi" => url with { Name = url.Name.ToLowerInvariant().Replace('_', '-') },
        "huggingface" => url with { Version = url.Version?.ToLowerInvariant() },
        "mlflow" when url.Qualifiers.GetValueOrDefault("repository_url", "").Contains("azuredatabricks", StringComparison.Ordinal) => url with { Name = url.Name.ToLowerInvariant() },
        "git" when url.Namespace?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash => url with { Namespace = url.Namespace[..slash], Name = $"{url.Namespace[(slash + 1)..]}/{url.Name}" },
        _ => url,
    };

    /// <summary>The rule of its type that it breaks, in words; null when it keeps all.</summary>
    public static string? Broken(PackageUrl url) => url.Type switch
    {
        "swift" or "vscode-extension" when url.Namespace is null => $"{url.Type} needs a namespace",
        "otp" or "chrome-extension" when url.Namespace is not null => $"{url.Type} has no namespace",
        "julia" when !url.Qualifiers.ContainsKey("uuid") => "julia needs the qualifier uuid",
        "chrome-extension" when !ChromeName().IsMatch(url.Name) => "the name of a chrome-extension is 32 letters from a to p",
        "chrome-extension" when url.Version is { } version && !ChromeVersion().IsMatch(version) => "the version of a chrome-extension is one to four numbers",
        _ => null,
    };

    [GeneratedRegex(@"^[a-p]{32}\z")]
    private static partial Regex ChromeName();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+){0,3}\z")]
    private static partial Regex ChromeVersion();
}
