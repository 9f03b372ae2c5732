namespace DeployHub.Web.Pages.Shared;

/// <summary>How a list shows which of its steps run together.</summary>
internal static class Bracket
{
    /// <summary>Classes of the list item at <paramref name="index"/>; null for a step that runs alone.</summary>
    /// <param name="group">What the members of a group have in common; null for a step that runs alone.</param>
    public static string? Css<T>(IReadOnlyList<T> steps, int index, Func<T, object?> group)
    {
        if (group(steps[index]) is not { } own) return null;

        var (begins, ends) = (index == 0 || !own.Equals(group(steps[index - 1])), index == steps.Count - 1 || !own.Equals(group(steps[index + 1])));
        return begins ? "together together-first" : ends ? "together together-last" : "together";
    }

    /// <summary>The step begins at once with the one before it.</summary>
    public static bool IsBesideFormer<T>(IReadOnlyList<T> steps, int index, Func<T, object?> group) => Css(steps, index, group) is { } css && !css.EndsWith("first", StringComparison.Ordinal);
}
