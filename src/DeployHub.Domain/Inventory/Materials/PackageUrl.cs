using System.Text;
using System.Text.RegularExpressions;

namespace DeployHub.Domain.Inventory.Materials;

/// <summary>Names a package of any ecosystem, as <c>pkg:npm/%40angular/animation@12.3.1</c> does; read by the rules of the package-url specification.</summary>
/// <param name="Type">Lower case, such as <c>npm</c>.</param>
/// <param name="Namespace">Such as a Maven group or an npm scope; null when there is none.</param>
/// <param name="Version">Null when it names the package at any version.</param>
public sealed partial record PackageUrl(string Type, string? Namespace, string Name, string? Version, IReadOnlyDictionary<string, string> Qualifiers, string? Subpath)
{
    /// <summary>Characters.</summary>
    public const int Longest = 4096;

    /// <summary>Refused with <c>purl.malformed</c>.</summary>
    public static Result<PackageUrl> Parse(string text)
    {
        if (text.Length > Longest) return Refusal(text, $"it is longer than {Longest:N0} characters");
        if (!text.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase)) return Refusal(text, "it does not begin with pkg:");

        var (front, fragment) = SplitLast(text[4..], '#');
        var (path, query) = SplitLast(front, '?');
        path = path.Trim('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var type = (slash < 0 ? path : path[..slash]).ToLowerInvariant();
        if (!TypeForm().IsMatch(type)) return Refusal(text, "its type is missing, or has other characters than letters, digits, full stops and hyphens");
        if (slash < 0) return Refusal(text, "it has no name");

        var qualifiers = Qualified(query);
        if (qualifiers is null) return Refusal(text, "a key of its qualifiers is not written in lower-case letters, digits, full stops, hyphens and underscores");

        var (names, version) = Versioned(path[(slash + 1)..]);
        var segments = names.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Decoded).ToList();
        if (names.EndsWith('/') || segments.Count == 0 || segments[^1].Length == 0) return Refusal(text, "it has no name");

        var subpath = string.Join('/', (fragment ?? "").Split('/').Select(Decoded).Where(segment => segment is not ("" or "." or "..")));
        var url = PackageUrlRules.Normalised(new PackageUrl(
            type, segments.Count > 1 ? string.Join('/', segments[..^1]) : null, segments[^1], version is { Length: > 0 } ? Decoded(version) : null, qualifiers, subpath.Length > 0 ? subpath : null));
        if (url.Parts.Any(part => part.Any(char.IsControl))) return Refusal(text, "it has a control character");
        return PackageUrlRules.Broken(url) is { } rule ? Refusal(text, rule) : url;
    }

    /// <summary>As the specification writes it, so that two spellings of one package compare.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("pkg:").Append(Type);
        foreach (var segment in (Namespace ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)) text.Append('/').Append(Encoded(segment));
        text.Append('/').Append(Encoded(Name));
        if (Version is not null) text.Append('@').Append(Encoded(Version));
        var separator = '?';
        foreach (var (key, value) in Qualifiers.OrderBy(qualifier => qualifier.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(key).Append('=').Append(Encoded(value));
            separator = '&';
        }

        return Subpath is null ? text.ToString() : text.Append('#').Append(string.Join('/', Subpath.Split('/').Select(Encoded))).ToString();
    }

    /// <summary>Type, namespace and name as people read them: <c>npm/@angular/animation</c>.</summary>
    public string Package => Namespace is null ? $"{Type}/{Name}" : $"{Type}/{Namespace}/{Name}";

    public bool Equals(PackageUrl? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private IEnumerable<string> Parts => [Namespace ?? "", Name, Version ?? "", Subpath ?? "", .. Qualifiers.Values];

    /// <summary>The keys and values; null when a key is none.</summary>
    private static SortedDictionary<string, string>? Qualified(string? query)
    {
        var qualifiers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? pair : pair[..equals];
            if (!KeyForm().IsMatch(key)) return null;
            if (equals >= 0 && equals < pair.Length - 1) qualifiers[key] = Decoded(pair[(equals + 1)..]);
        }

        return qualifiers;
    }

    /// <summary>An @ that begins a segment before the last is an npm scope that somebody did not encode.</summary>
    private static (string Names, string? Version) Versioned(string path)
    {
        var at = path.LastIndexOf('@');
        var isScope = at >= 0 && (at == 0 || path[at - 1] == '/') && path.IndexOf('/', at) > 0;
        return at >= 0 && !isScope ? (path[..at], path[(at + 1)..]) : (path, null);
    }

    private static (string Before, string? After) SplitLast(string text, char separator)
    {
        var at = text.LastIndexOf(separator);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text);

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);

    private static Error Refusal(string text, string why) =>
        new(ErrorKind.Invalid, "purl.malformed", $"“{Words.Beginning(text, 200)}” is no package URL such as pkg:npm/lodash@4.17.21: {why}.");

    [GeneratedRegex(@"^[a-z.-][a-z0-9.-]*\z")]
    private static partial Regex TypeForm();

    [GeneratedRegex(@"^[a-z._-][a-z0-9._-]*\z")]
    private static partial Regex KeyForm();
}
