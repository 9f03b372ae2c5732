using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.InWords;

/// <summary>The environment variables that a step gives to what it runs, for people to read. A secret is told by its name, never by its value.</summary>
public static class EnvironmentInWords
{
    private const string Hidden = "(not shown)";

    /// <summary>By name; empty for a kind that gives none.</summary>
    public static IReadOnlyDictionary<string, string> Of(StepSettings settings) =>
        (Given(settings) ?? new Dictionary<string, string>()).ToDictionary(value => value.Key, value => Shown(value.Key, value.Value));

    private static IReadOnlyDictionary<string, string>? Given(StepSettings settings) => settings switch
    {
        RunScript script => script.Environment,
        CheckScript script => script.Environment,
        RunSsh ssh => ssh.Environment,
        ReplaceContainer container => container.Environment,
        RunTerraform terraform => terraform.Environment,
        CheckTerraform check => check.Plan.Environment,
        _ => null,
    };

    /// <summary>A reference stays as it is written, since only a worker fills it. What was written out all the same is not repeated.</summary>
    private static string Shown(string name, string value) =>
        (PlainSecrets.IsSecretName(name) && !PlainSecrets.IsReference(value)) || PlainSecrets.In(name, value) is not null || SecretName.LooksLikeValue(value) ? Hidden : value;
}
