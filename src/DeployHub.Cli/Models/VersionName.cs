using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Cli.Talking;

namespace DeployHub.Cli.Models;

/// <summary>A model, or one version of it, as people write it: <c>rolling-web</c>, <c>rolling-web@3</c>.</summary>
/// <param name="Number">Null where only the model is named.</param>
internal readonly partial record struct VersionName(string Slug, int? Number)
{
    public string Path => Number is { } number ? $"models/{Slug}/versions/{number}" : $"models/{Slug}";

    public override string ToString() => Number is { } number ? $"{Slug} v{number}" : Slug;

    /// <summary>Null for anything else.</summary>
    public static VersionName? Parse(string text) => Form().Match(text) is { Success: true } name
        ? new VersionName(name.Groups["slug"].Value, name.Groups["number"] is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : null)
        : null;

    /// <summary>What an argument that may be a file as well means; null for a file.</summary>
    public static VersionName? OrFile(string argument) => Parse(argument) is { Number: not null } version && !File.Exists(argument) ? version : null;

    public static VersionName Model(string argument) =>
        Parse(argument) ?? throw Refusal.Misused($"“{argument}” names no model: write its slug, such as rolling-web, or one version of it, such as rolling-web@3.");

    public static VersionName Version(string argument) =>
        Parse(argument) is { Number: not null } version ? version : throw Refusal.Misused($"“{argument}” names no version: write slug@number, such as rolling-web@3.");

    [GeneratedRegex(@"^(?<slug>[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?)(@v?(?<number>[1-9][0-9]{0,8}))?\z")]
    private static partial Regex Form();
}
