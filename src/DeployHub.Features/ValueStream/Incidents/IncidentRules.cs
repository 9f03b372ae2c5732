using System.Text.RegularExpressions;
using DeployHub.Features.Deployments;
using FluentValidation;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>What every message about an incident says the same way.</summary>
internal static partial class IncidentRules
{
    /// <summary>As a plan may name it, without the / that would part an address.</summary>
    private const string ReferenceRule = "Name the incident as its tool does, such as INC-77: 2 to 60 letters, digits and the marks . _ # -, beginning with a letter and with at least one digit.";

    public static IRuleBuilderOptions<T, string> IsIncident<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(reference => PlanInputValidator.IsReference(reference) && !reference.Contains('/', StringComparison.Ordinal)).WithMessage(ReferenceRule);

    public static IRuleBuilderOptions<T, string?> IsSourceOrNothing<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(source => string.IsNullOrWhiteSpace(source) || Source().IsMatch(source.Trim()))
            .WithMessage("Name the tool in 1 to 64 lower-case letters, digits and hyphens, beginning with a letter, such as pagerduty.");

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Source();
}
