using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Drift(CheckDrift drift) =>
    [
        .. When(drift.Facts.Count is 0 or > WatchedFact.Most, "facts", $"name 1 to {WatchedFact.Most} facts."),
        .. WatchedFact.Objections(drift.Facts).Select(objection => ("model.setting", $"facts[{objection.Index}].{objection.Member.ToLowerInvariant()}", objection.Sentence)),
    ];
}
