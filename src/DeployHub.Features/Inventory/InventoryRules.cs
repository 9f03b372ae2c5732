using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using FluentValidation;

namespace DeployHub.Features.Inventory;

/// <summary>Rules that several messages of the inventory share.</summary>
internal static partial class InventoryRules
{
    public static IRuleBuilderOptions<T, string> IsLabel<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(VersionLabel.IsValid).WithMessage(VersionLabel.Rule);

    /// <summary>Null is fine: not everything needs a secret.</summary>
    public static IRuleBuilderOptions<T, string?> IsSecretName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || SecretName.IsValid(name)).WithMessage(SecretName.Rule);

    /// <summary>Absolute, without <c>..</c>, on a worker that may run another operating system than this one.</summary>
    public static IRuleBuilderOptions<T, string> IsAbsoluteDirectory<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(path => path is { Length: <= 500 } && AbsolutePath().IsMatch(path) && !HasParentSegment(path) && !path.Any(char.IsControl))
            .WithMessage("Write an absolute path, such as /srv/shop, without “..”.");

    /// <summary>Stays inside its store: relative, no <c>..</c>, nothing that an address would read differently.</summary>
    public static IRuleBuilderOptions<T, string> IsPathInStore<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(path => path is { Length: > 0 and <= 500 } && !AbsolutePath().IsMatch(path) && path[0] is not '\\'
                && !HasParentSegment(path) && path.IndexOfAny(['?', '#', '%', '\\']) < 0 && !path.Any(char.IsControl))
            .WithMessage("Write the path below the store, such as shop/1.1.0/shop.zip: relative, with forward slashes, without “..”, “%”, “?” or “#”.");

    /// <summary>Names of labels, variables, manifest and provenance entries, with how much each may hold.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, string>> IsDictionary<T>(
        this IRuleBuilder<T, IReadOnlyDictionary<string, string>> rule, int longestValue, Func<string, bool> isName, string nameRule) =>
        rule.Must(entries => entries.Count <= 100).WithMessage("Use at most 100 entries.")
            .Must(entries => entries.Keys.All(isName)).WithMessage(nameRule)
            .Must(entries => entries.Values.All(value => value is { Length: > 0 } && value.Length <= longestValue))
            .WithMessage($"Every entry needs a value of at most {longestValue} characters.")
            .Must(entries => !entries.Values.Any(value => value is not null && SecretName.LooksLikeValue(value)))
            .WithMessage("A private key does not belong here. Put it into a secret and write the secret's name.");

    /// <summary>Words for people, such as <c>serial number</c>.</summary>
    public static bool IsEntryName(string name) => EntryName().IsMatch(name);

    public const string EntryNameRule = "Names of entries begin with a letter or digit and have up to 64 letters, digits, spaces, dots, hyphens, slashes or underscores.";

    private static bool HasParentSegment(string path) => path.Split('/', '\\').Contains("..");

    [GeneratedRegex(@"^(/|[A-Za-z]:[\\/])")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,63}\z")]
    private static partial Regex EntryName();
}
