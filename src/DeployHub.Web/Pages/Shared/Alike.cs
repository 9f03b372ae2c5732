using System.Text.RegularExpressions;

namespace DeployHub.Web.Pages.Shared;

/// <summary>Tells the same trouble on several targets from different trouble.</summary>
internal static partial class Alike
{
    /// <summary>Equal for two targets that say the same of their own addresses and names.</summary>
    public static string Form(string trouble, string target) => Authority().Replace(trouble, "://").Replace(target, "", StringComparison.Ordinal);

    [GeneratedRegex(@"://[^/\s]+")]
    private static partial Regex Authority();
}
