using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Drift(CheckDrift drift) =>
    [
        .. When(drift.Facts.Count is 0 or > WatchedFact.Most, "facts", $"name 1 to {WatchedFact.Most} facts."),
        .. When(Template.NamesIn(drift).Any(name => name.StartsWith("secret:", StringComparison.Ordinal)), "facts", "what is seen and desired stands on pages, so no secret may be in it.", "A-V12"),
        .. WatchedFact.Objections(drift.Facts).Select(objection => ("model.setting", $"facts[{objection.Index}].{objection.Member.ToLowerInvariant()}", objection.Sentence)),
    ];
}
