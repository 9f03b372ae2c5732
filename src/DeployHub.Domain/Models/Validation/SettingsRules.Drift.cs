using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Drift(CheckDrift drift) =>
    [
        .. When(drift.Facts.Count is 0 or > WatchedFact.Most, "facts", $"name 1 to {WatchedFact.Most} facts."),
        .. Facts(drift, drift.Facts),
    ];

    private static IEnumerable<(string, string, string)> Changes(CheckChanges changes) =>
    [
        .. When(changes.Facts?.Count > WatchedFact.Most, "facts", $"name at most {WatchedFact.Most} facts."),
        .. Facts(changes, changes.Facts ?? []),
        .. When(changes.Tolerate?.Count > CheckChanges.MostTolerated, "tolerate", $"name at most {CheckChanges.MostTolerated} items."),
        .. (changes.Tolerate ?? []).Where(item => !IsFilledLater(item) && !IsItem(item))
            .SelectMany(item => When(true, "tolerate", $"“{Words.Beginning(item, 60)}” names nothing that is looked at: write it as the table of changes does, such as package openssl or setting LEVEL of app.env.")),
    ];

    private static IEnumerable<(string, string, string)> Facts(StepSettings settings, IReadOnlyList<WatchedFact> facts) =>
    [
        .. When(Template.NamesIn(settings).Any(name => name.StartsWith("secret:", StringComparison.Ordinal)), "facts", "what is seen and desired stands on pages, so no secret may be in it.", "A-V12"),
        .. WatchedFact.Objections(facts).Select(objection => ("model.setting", $"facts[{objection.Index}].{objection.Member.ToLowerInvariant()}", objection.Sentence)),
    ];

    private static bool IsItem(string item) =>
        Enum.GetValues<FactKind>().Any(kind => !WatchedFact.IsDefined(kind) && item.StartsWith($"{Words.Of(kind)} ", StringComparison.Ordinal) && item.Length > Words.Of(kind).Length + 1);
}
