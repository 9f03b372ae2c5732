using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory.Manifests;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Something that a person reads off and types or scans, such as a serial number; it is kept as evidence.</summary>
/// <param name="Name">Such as <c>serial</c>.</param>
/// <param name="Expected">What it must be; anything else fails the step. Any value will do when it is left out.</param>
/// <param name="Pattern">A regular expression that the whole value matches, so that a wrong label on the box is noticed at once.</param>
/// <param name="Several">True when several are read off one after the other, such as every serial number of a delivery. Then Expected lists them all, with commas, blanks or new lines between them, and each matches the pattern.</param>
/// <param name="MayMiss">How many of several expected ones may be missing: a count such as <c>1</c>, or a share such as <c>5%</c>; none unless told.</param>
public sealed record ManualValue(string Name, string? Expected = null, string? Pattern = null, bool? Several = null, string? MayMiss = null)
{
    public bool Matches(string value) =>
        Pattern is null || (Several is true ? ItemList.Of(value) : [value]).All(one => Regex.IsMatch(one, $@"\A(?:{Pattern})\z", RegexOptions.NonBacktracking));

    /// <summary>In a sentence; null when it is what was expected.</summary>
    public string? DifferenceOf(string value) => Expected is null ? null
        : Several is true ? DifferenceOf(Expected, value)
        : Expected.Trim() == value ? null : $"{Name} is {value} where {Expected.Trim()} was expected";

    private string? DifferenceOf(string expected, string found) =>
        ItemList.DifferenceOf(expected, found, Share.Parse(MayMiss ?? "0") is { Error: null } share ? share.Value : default) is { } difference ? $"of {Name}, {difference}" : null;
}
