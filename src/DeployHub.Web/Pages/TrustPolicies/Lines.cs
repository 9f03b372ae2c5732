namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>Several values in one field: one a line, or with commas between.</summary>
internal static class Lines
{
    public static IReadOnlyList<string> Of(string? text) => (text ?? "").Split(['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static string Format(IReadOnlyList<string>? values) => string.Join('\n', values ?? []);

    /// <summary>An empty field says nothing, and a check then wants null.</summary>
    public static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> values) => values.Count == 0 ? null : values;
}
