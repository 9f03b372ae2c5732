using DeployHub.Domain.Models;

namespace DeployHub.Domain.Inventory.Manifests;

/// <summary>Single things that are listed in one text, such as the serial numbers of a delivery: between them stand commas, semicolons, blanks or new lines.</summary>
public static class ItemList
{
    private const int MostNamed = 5;

    private static readonly char[] Between = [',', ';', ' ', '\t', '\r', '\n'];

    public static IReadOnlyList<string> Of(string text) => text.Split(Between, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// What is missing beyond what may be, what nobody expects and what stands there twice, in a sentence without its end; null when the lists are
    /// the same as far as they have to be.
    /// </summary>
    public static string? DifferenceOf(string expected, string found, Share mayMiss)
    {
        var (wanted, there) = (Of(expected), Of(found));
        var missing = wanted.Distinct().Except(there).ToList();
        var strange = there.Distinct().Except(wanted).ToList();
        var twice = there.GroupBy(item => item).Where(same => same.Count() > 1).Select(same => same.Key).ToList();
        var allowed = mayMiss.Allowed(wanted.Distinct().Count());

        var differences = new List<string>();
        if (missing.Count > allowed) differences.Add($"{Are(missing)} missing{(allowed > 0 ? $", {missing.Count} of {wanted.Count} where {allowed} may be" : "")}");
        if (strange.Count > 0) differences.Add($"{Are(strange)} not expected");
        if (twice.Count > 0) differences.Add($"{Named(twice)} {(twice.Count == 1 ? "stands" : "stand")} there twice");
        return differences.Count == 0 ? null : Words.List(differences);
    }

    /// <summary>Such as “19 of 20, SN-7 is missing”.</summary>
    public static string InWords(string expected, string found)
    {
        var (wanted, there) = (Of(expected).Distinct().ToList(), Of(found));
        var missing = wanted.Except(there).ToList();
        return missing.Count == 0 ? $"all {wanted.Count}" : $"{wanted.Count - missing.Count} of {wanted.Count}, {Are(missing)} missing";
    }

    private static string Are(List<string> items) => $"{Named(items)} {(items.Count == 1 ? "is" : "are")}";

    private static string Named(List<string> items) => Words.List(items.Count <= MostNamed + 1 ? items : [.. items.Take(MostNamed), $"{items.Count - MostNamed} more"]);
}
