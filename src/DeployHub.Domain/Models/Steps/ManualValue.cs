using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Something that a person reads off and types or scans, such as a serial number; it is kept as evidence.</summary>
/// <param name="Name">Such as <c>serial</c>.</param>
/// <param name="Expected">What it must be; anything else fails the step. Any value will do when it is left out.</param>
/// <param name="Pattern">A regular expression that the whole value matches, so that a wrong label on the box is noticed at once.</param>
public sealed record ManualValue(string Name, string? Expected = null, string? Pattern = null)
{
    public bool Matches(string value) => Pattern is null || Regex.IsMatch(value, $@"\A(?:{Pattern})\z", RegexOptions.NonBacktracking);

    /// <summary>In a sentence; null when it is what was expected.</summary>
    public string? DifferenceOf(string value) => Expected is null || Expected.Trim() == value ? null : $"{Name} is {value} where {Expected.Trim()} was expected";
}
