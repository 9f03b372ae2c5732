namespace DeployHub.Web.Pages.Help;

/// <summary>Which guide helps on which page: what <c>&lt;page-header&gt;</c> links as “?”.</summary>
public static class GuideFor
{
    /// <summary>Addresses and those below them, with * for any one part; the first that fits is taken.</summary>
    internal static readonly IReadOnlyList<(string Page, string Guide, string Anchor)> Pages =
    [
        ("/models/starters", "starters", ""),
        ("/models/sources", "models-in-git", ""),
        ("/models/*/analysis", "analysis", ""),
        ("/models/*/compare", "models", "what-changed-between-two-versions"),
        ("/models/*/simulate", "models", "what-a-run-would-do"),
        ("/models/*/versions/*/edit", "models", "three-ways-to-write-it"),
        ("/models/*/versions/*/form", "models", "three-ways-to-write-it"),
        ("/models", "models", ""),
        ("/step-kinds", "step-kinds", ""),
        ("/blocks", "models", "the-step-library"),
        ("/improvements", "improvements", ""),
        ("/reviews", "analysis", ""),
        ("/deployments/*/runs/*/tasks", "manual-steps", ""),
        ("/deployments/*/runs/*/acknowledgement", "manual-steps", ""),
        ("/deployments/*/runs/*/questions", "manual-steps", ""),
        ("/deployments/*/runs/*/verification", "verifying", ""),
        ("/deployments/*/verifications", "verify-now", ""),
        ("/deployments/*/runs", "phases", ""),
        ("/deployments/*/exceptions", "calendar", "freezes-and-exceptions"),
        ("/deployments/*/decide", "risk", ""),
        ("/deployments", "planning", ""),
        ("/calendar", "calendar", ""),
        ("/inbox", "inbox", ""),
        ("/records", "evidence", ""),
        ("/audit", "controls", ""),
        ("/environments/*/drift", "drift", ""),
        ("/environments/*/drift-watch", "drift", ""),
        ("/environments/*/targets", "ssh-targets", ""),
        ("/environments", "environments", ""),
        ("/unmanaged", "drift", ""),
        ("/incidents", "incidents", ""),
        ("/services/*/variables", "configuration", ""),
        ("/components", "kinds", ""),
        ("/admin/stores", "stores", ""),
        ("/admin/trust-policies", "trust-policies", ""),
        ("/admin/trusted-keys", "signatures", ""),
        ("/admin/change-tools", "change-tools", ""),
        ("/admin/webhooks", "webhooks", ""),
        ("/admin/vulnerabilities", "sbom", ""),
        ("/admin/workers", "configuration", "workers-and-definitive-stores"),
        ("/account/tokens", "cli", ""),
        ("/api", "deploy-with-curl", ""),
    ];

    /// <summary>The guide and where it is read; null for a page that needs none.</summary>
    public static (Guide Guide, string Address)? Page(string path)
    {
        var parts = path.Split('/');
        foreach (var (page, name, anchor) in Pages)
            if (IsAtOrBelow(parts, page.Split('/')) && Guides.Find(name) is { } guide)
                return (guide, anchor.Length == 0 ? guide.Address : $"{guide.Address}#{anchor}");

        return null;
    }

    private static bool IsAtOrBelow(string[] path, string[] page) =>
        path.Length >= page.Length && page.Zip(path).All(part => part.First == "*" || string.Equals(part.First, part.Second, StringComparison.OrdinalIgnoreCase));
}
