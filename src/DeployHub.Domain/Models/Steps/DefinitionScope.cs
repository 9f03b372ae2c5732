namespace DeployHub.Domain.Models.Steps;

/// <summary>Keeps comparisons with one definition apart that look at other parts of it or give it other values.</summary>
internal static class DefinitionScope
{
    /// <param name="settings">In any order; as they are written, so that no secret goes into it.</param>
    /// <returns>What follows the definition's name, such as “ (0123456789ab)”; nothing where nothing is set.</returns>
    public static string Of(params (string Name, IEnumerable<string>? Values)[] settings)
    {
        var said = settings.SelectMany(setting => (setting.Values ?? []).Order(StringComparer.Ordinal), (setting, value) => $"{setting.Name}={value}").ToList();
        return said.Count == 0 ? "" : $" ({Digest.OfText(string.Join('\0', said)).Short})";
    }

    public static IEnumerable<string>? Pairs(IReadOnlyDictionary<string, string>? values) => values?.Select(value => $"{value.Key}={value.Value}");
}
