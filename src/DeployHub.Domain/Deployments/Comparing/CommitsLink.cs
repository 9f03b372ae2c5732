namespace DeployHub.Domain.Deployments.Comparing;

/// <summary>Where people read what lies between two commits.</summary>
public static class CommitsLink
{
    /// <summary>The page that compares them where the address is of a host that has one, else the repository itself; null where there is nothing to follow.</summary>
    public static string? Between(string? repository, string? from, string? to)
    {
        if (from is null || to is null || from == to || !Uri.TryCreate(repository, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")) return null;

        var root = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (root.EndsWith(".git", StringComparison.Ordinal)) root = root[..^4];
        var range = $"{Uri.EscapeDataString(from)}...{Uri.EscapeDataString(to)}";
        return address.Host switch
        {
            "github.com" => $"{root}/compare/{range}",
            var host when host.StartsWith("gitlab.", StringComparison.Ordinal) => $"{root}/-/compare/{range}",
            _ => root,
        };
    }
}
