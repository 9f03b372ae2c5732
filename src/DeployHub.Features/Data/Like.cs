namespace DeployHub.Features.Data;

/// <summary>Patterns for <c>ILIKE</c> from what people type; their <c>%</c> and <c>_</c> mean themselves.</summary>
internal static class Like
{
    /// <summary>Null, which asks for nothing, when nothing was typed.</summary>
    public static string? Containing(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : $"%{text.Trim().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
