using DeployHub.Domain;
using FluentValidation;

namespace DeployHub.Features.Inventory;

internal static class TargetRules
{
    public static void AreLabels<T>(this IRuleBuilder<T, IReadOnlyDictionary<string, string>> rule) =>
        rule.IsDictionary(100, Key.IsValid, $"Names of labels: {Key.Rule}");

    public static void IsPool<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(pool => string.IsNullOrWhiteSpace(pool) || Key.IsValid(pool)).WithMessage($"{Key.Rule} Leave it empty for the default pool.");

    /// <summary>Steps read <c>${target.name}</c> and <c>${target.directory}</c> from the target itself, so no variable may hide them.</summary>
    public static void AreVariables<T>(this IRuleBuilder<T, IReadOnlyDictionary<string, string>> rule) =>
        rule.IsDictionary(1000, Key.IsValid, $"Names of variables: {Key.Rule}")
            .Must(variables => !variables.Keys.Any(name => name is "name" or "directory"))
            .WithMessage("“name” and “directory” are taken by the target itself; choose another name for the variable.");
}
