using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private const int ShortestReason = 10;

    private static IEnumerable<(string, string, string)> Sbom(CheckSbom check) =>
    [
        .. Beside("sbom", check.Sbom),
        .. (check.AllowedLicences ?? []).SelectMany((licence, index) => Licence($"allowedLicences[{index}]", licence)),
        .. (check.DeniedLicences ?? []).SelectMany((licence, index) => Licence($"deniedLicences[{index}]", licence)),
        .. (check.DeniedPackages ?? []).SelectMany((package, index) => Package($"deniedPackages[{index}]", package)),
    ];

    private static IEnumerable<(string, string, string)> Vulnerabilities(ModelContent model, CheckVulnerabilities check) =>
    [
        .. Beside("sbom", check.Sbom),
        .. check.Vex is { } vex ? Beside("vex", vex) : [],
        .. When(check.FailFrom is VulnerabilitySeverity.None, "failFrom", "must be Low, Medium, High or Critical: nothing is graver than none by being found."),
        .. Time(model, "greatestAge", check.GreatestAge),
        .. (check.Unlisted ?? []).SelectMany((package, index) => Package($"unlisted[{index}]", package)),
        .. (check.Exceptions ?? []).SelectMany((exception, index) => Exception(exception).Select(remark => (remark.Item1, $"exceptions[{index}].{remark.Item2}", remark.Item3))),
    ];

    private static IEnumerable<(string, string, string)> Exception(VulnerabilityException exception) =>
    [
        .. When(string.IsNullOrWhiteSpace(exception.Vulnerability), "vulnerability", "name one vulnerability, such as CVE-2026-12345."),
        .. When(exception.Reason.Trim().Length < ShortestReason, "reason", "say in a sentence why it is accepted."),
        .. When(!IsFilledLater(exception.Until) && exception.End is null, "until", "is the last day on which it is accepted, such as 2027-01-31."),
        .. exception.Package is { } package ? Package("package", package) : [],
    ];

    private static IEnumerable<(string, string, string)> Beside(string member, string path) =>
        When(!IsFilledLater(path) && (!IsRelative(path) || path.IndexOfAny(['?', '#', '%', '\\']) >= 0), member, "must be a path in the artefact's store, such as {path}.cdx.json: relative, with forward slashes and without “..”, “%”, “?” and “#”.");

    private static IEnumerable<(string, string, string)> Licence(string member, string licence) =>
        When(!IsFilledLater(licence) && (licence.Trim().Length == 0 || LicenceExpression.Parse(licence.Replace('*', 'x')) is { Error: null, Value: not LicenceExpression.Single }), member, "names one licence, such as Apache-2.0 or GPL-*: write several as several.");

    private static IEnumerable<(string, string, string)> Package(string member, string package) =>
        IsFilledLater(package) || PackagePattern.Parse(package).Error is not { } refusal ? [] : When(true, member, refusal.Message);
}
