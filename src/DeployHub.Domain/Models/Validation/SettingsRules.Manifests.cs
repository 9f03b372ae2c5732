using System.Globalization;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Manifest(ModelContent model, CheckManifest manifest) =>
    [
        .. When(manifest.Required?.Any(string.IsNullOrWhiteSpace) == true, "required", "names entries of the manifest; none of them is empty."),
        .. (manifest.Expect ?? []).SelectMany((expectation, index) => Expectation(model, expectation).Select(remark => (remark.Item1, $"expect[{index}].{remark.Item2}", remark.Item3))),
    ];

    private static IEnumerable<(string, string, string)> Expectation(ModelContent model, ManifestExpectation expectation) =>
    [
        .. When(string.IsNullOrWhiteSpace(expectation.Entry), "entry", "name an entry of the manifest, such as review date."),
        .. When(expectation is { Value: not null, ValueOf: not null }, "valueOf", "is instead of a value, not beside it."),
        .. When(expectation is { Is: ManifestRule.Reached, Value: not null } or { Is: ManifestRule.Reached or ManifestRule.NotExpired, ValueOf: not null }, "value", "a day is compared with the day on which the check looks."),
        .. When(expectation is { Is: not (ManifestRule.Reached or ManifestRule.NotExpired), Value: null or "", ValueOf: null }, "value", "say what the entry is compared with, in value or, by the name of another entry, in valueOf."),
        .. When(expectation.MayMiss is not null && expectation.Is is not ManifestRule.Items, "mayMiss", "only of a list of items some may be missing."),
        .. MayMiss(model, "mayMiss", expectation.MayMiss),
        .. expectation.Value is { } value && !IsFilledLater(model.WithDefaults(value)) ? Value(model, expectation.Is, model.WithDefaults(value)) : [],
    ];

    private static IEnumerable<(string, string, string)> Value(ModelContent model, ManifestRule rule, string value) => rule switch
    {
        ManifestRule.AtLeast or ManifestRule.AtMost => When(!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _), "value", "must be a number, such as 60."),
        ManifestRule.Matches => When(!IsPattern(value), "value", $"“{value}” is no regular expression that can be matched in one pass, without looking back or ahead."),
        ManifestRule.Within => When(VersionRange.Parse(value).Error is not null, "value", VersionRange.Rule),
        ManifestRule.NotExpired => Time(model, "value", value),
        _ => [],
    };

    private static IEnumerable<(string, string, string)> MayMiss(ModelContent model, string member, string? mayMiss) =>
        When(mayMiss is not null && !IsFilledLater(model.WithDefaults(mayMiss)) && Share.Parse(model.WithDefaults(mayMiss)).Error is not null, member, "must be a count such as 1, or a share such as 5%.");
}
