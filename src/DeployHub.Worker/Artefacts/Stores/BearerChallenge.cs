using System.Text.RegularExpressions;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Where a registry says that a token is to be had.</summary>
internal sealed partial record BearerChallenge(Uri Realm, string? Service)
{
    /// <param name="parameter">What stands behind <c>Bearer</c> in <c>WWW-Authenticate</c>; null when nothing does.</param>
    public static BearerChallenge? Parse(string? parameter)
    {
        var said = Parts().Matches(parameter ?? "").DistinctBy(match => match.Groups["name"].Value.ToLowerInvariant())
            .ToDictionary(match => match.Groups["name"].Value.ToLowerInvariant(), match => match.Groups["quoted"] is { Success: true } quoted ? quoted.Value.Replace("\\\"", "\"", StringComparison.Ordinal) : match.Groups["bare"].Value);
        return said.TryGetValue("realm", out var text) && Uri.TryCreate(text, UriKind.Absolute, out var realm) && realm.Scheme is "http" or "https"
            ? new BearerChallenge(realm, said.GetValueOrDefault("service"))
            : null;
    }

    /// <summary>Asks for no more than to read one repository, whatever the registry would like us to ask for.</summary>
    public Uri TokenFor(string repository)
    {
        var query = $"{(Service is null ? "" : $"service={Uri.EscapeDataString(Service)}&")}scope={Uri.EscapeDataString($"repository:{repository}:pull")}";
        return new UriBuilder(Realm) { Query = Realm.Query.Length > 1 ? $"{Realm.Query[1..]}&{query}" : query }.Uri;
    }

    [GeneratedRegex("""(?<name>[A-Za-z_-]+)\s*=\s*("(?<quoted>([^"\\]|\\.)*)"|(?<bare>[^\s,"]+))""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Parts();
}
