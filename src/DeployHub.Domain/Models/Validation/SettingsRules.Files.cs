using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Release(ReleaseFiles release) =>
    [
        .. When(!IsRelative(release.To), "to", "must be a folder below the target's directory: relative and without “..”."),
        .. When(release.Label.Length == 0 || !IsFilledLater(release.Label) && !Label().IsMatch(release.Label), "label", "names a folder: letters, digits and . _ + - only, not beginning with a dot."),
        .. When(release.Keep is < 1 or > 100, "keep", "must be from 1 to 100."),
        .. When(release.Strip is < 0 or > 20, "strip", "must be from 0 to 20."),
        .. When(release.MaximumMiB is < 1 or > 1024 * 1024, "maximumMiB", "must be from 1 to 1048576."),
        .. When(release.Shared?.Any(path => !IsRelative(path) || path.Trim('/', '.').Length == 0 || path.Any(char.IsControl)) == true, "shared", "each path lies inside the release: relative and without “..”."),
        .. When(release.Shared?.Any(path => release.Shared.Any(other => path != other && $"{path.TrimEnd('/')}/".StartsWith($"{other.TrimEnd('/')}/", StringComparison.Ordinal))) == true, "shared", "one shared path must not lie inside another."),
    ];

    private static IEnumerable<(string, string, string)> Configure(ConfigureFiles configure) =>
    [
        .. When(!IsRelative(configure.Folder), "folder", "must be a folder below the target's directory: relative and without “..”."),
        .. When(configure.Files.Count == 0, "files", "name at least one file."),
        .. When(configure.Files.GroupBy(file => file.File).Any(same => same.Count() > 1), "files", "one file stands there twice; put its values together."),
        .. configure.Files.SelectMany((file, index) => Configured(file).Select(remark => (remark.Item1, $"files[{index}].{remark.Item2}", remark.Item3))),
    ];

    private static IEnumerable<(string, string, string)> Configured(ConfiguredFile file) =>
    [
        .. When(!IsRelative(file.File) || file.File.EndsWith('/'), "file", "must be a file in the folder: relative and without “..”."),
        .. When(file.Read() is null, "format", "does not follow from the file's name: say Json, Yaml, Xml, Properties or Env."),
        .. When(file.Set.Count is 0 or > 200, "set", "sets 1 to 200 values by their paths."),
        .. When(file.Set.Keys.Any(path => string.IsNullOrWhiteSpace(path) || path.Any(char.IsControl)), "set", "a path must not be empty."),
    ];
}
