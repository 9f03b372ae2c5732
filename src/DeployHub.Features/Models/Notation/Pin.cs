using System.Globalization;
using System.Text.RegularExpressions;

namespace DeployHub.Features.Models.Notation;

/// <summary>A name with a number, such as <c>wait-until-healthy@2</c>: one published version, whatever is published after it.</summary>
public readonly partial record struct Pin(string Name, int Version)
{
    /// <summary>Null for anything else.</summary>
    public static Pin? Parse(string? text) => text is not null && Form().Match(text) is { Success: true } match
        ? new Pin(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}@{Version}");

    [GeneratedRegex(@"\A([a-z0-9][a-z0-9.-]{0,63})@([1-9][0-9]{0,5})\z")]
    private static partial Regex Form();
}
