using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> FileOnTarget(CheckFile file) =>
    [
        .. When(Template.NamesIn(file).Any(name => name.StartsWith("secret:", StringComparison.Ordinal)), "file", "what is seen stands on pages, so no secret may be in it.", "A-V12"),
        .. WatchedFact.Objections([new WatchedFact(FactKind.File, file.File)]).Select(objection => ("model.setting", "file", objection.Sentence)),
    ];

    private static IEnumerable<(string, string, string)> Logs(ModelContent model, CheckLogs logs) =>
    [
        .. When(logs.File is null == logs.Unit is null, "file", "name a file or a systemd unit, one of them."),
        .. When(logs.File is { } file && !IsFilledLater(file) && (file.Length is 0 or > 500 || file.EndsWith('/') || file[0] == '~' || file.Split('/').Contains("..") || file.Any(char.IsControl)), "file", "is a path, absolute or below the target's directory, without “..” and “~”."),
        .. When(logs.Unit is { } unit && !IsFilledLater(unit) && !Tool().IsMatch(unit.Replace("@", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)), "unit", "is a unit's name as systemd knows it, such as shop.service."),
        .. When((logs.MustNot?.Count ?? 0) + (logs.Must?.Count ?? 0) == 0, "mustNot", "say at least one pattern that must not, or that must, be there."),
        .. When(logs.Patterns().Count() > CheckLogs.MostPatterns, "mustNot", $"use at most {CheckLogs.MostPatterns} patterns."),
        .. logs.Patterns().Where(said => said.Pattern.Length is 0 or > CheckLogs.LongestPattern || (!IsFilledLater(said.Pattern) && !IsPattern(said.Pattern)))
            .SelectMany(said => When(true, said.Member, $"“{Words.Beginning(said.Pattern, 60)}” is no regular expression of at most {CheckLogs.LongestPattern} characters that can be matched in one pass, without looking back or ahead.")),
        .. logs.Last is { } last ? Time(model, "last", last) : [],
        .. Time(model, "within", logs.Within),
        .. When(logs.MostKiB is < 16 or > 2048, "mostKiB", "must be from 16 to 2048."),
    ];

    private static IEnumerable<(string, string, string)> Cmdb(ModelContent model, CheckCmdb cmdb) =>
    [
        .. Url(cmdb.Url),
        .. When(cmdb.Expect.Count is 0 or > 20, "expect", "say 1 to 20 values that must stand in the answer."),
        .. When(cmdb.Expect.Keys.Any(pointer => !IsFilledLater(pointer) && pointer.Length > 0 && pointer[0] != '/'), "expect", "each is named by a JSON Pointer, such as /result/0/version."),
        .. Time(model, "within", cmdb.Within),
        .. Time(model, "every", cmdb.Every),
    ];

    private static IEnumerable<(string, string, string)> Page(ModelContent model, CheckPage page) =>
    [
        .. Url(page.Url),
        .. Statuses(page.ExpectStatus),
        .. When((page.Must?.Count ?? 0) > 20 || (page.MustNot?.Count ?? 0) > 20, "must", "name at most 20 texts."),
        .. When((page.Must ?? []).Concat(page.MustNot ?? []).Any(string.IsNullOrWhiteSpace), "must", "a text is not empty."),
        .. When(page.Assets is < 0 or > 100, "assets", "must be from 0 to 100."),
        .. When(page.Links is < 0 or > 100, "links", "must be from 0 to 100."),
        .. Time(model, "within", page.Within),
        .. Time(model, "every", page.Every),
    ];
}
