using DeployHub.Domain;
using DeployHub.Domain.Models;
using FluentValidation;

namespace DeployHub.Features.Pipeline;

/// <summary>Rules that many messages share, said the same way everywhere.</summary>
public static class CommonRules
{
    /// <summary>Something that a person may follow: a whole address, with whatever query and fragment.</summary>
    public static bool IsLink(string? text) => text is { Length: <= 2000 } && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    internal static IRuleBuilderOptions<T, string?> IsLinkOrNothing<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(link => link is null || IsLink(link)).WithMessage("Write a whole address that begins with https:// or http://, with at most 2000 characters.");

    internal static IRuleBuilderOptions<T, string> IsKey<T>(this IRuleBuilder<T, string> rule) => rule.Must(Key.IsValid).WithMessage(Key.Rule);

    internal static IRuleBuilderOptions<T, string> IsModelSlug<T>(this IRuleBuilder<T, string> rule) => rule.Must(Model.IsSlug).WithMessage(Model.SlugRule);

    internal static IRuleBuilderOptions<T, string> IsName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("This must not be empty.").MaximumLength(200).WithMessage("Use at most 200 characters.");

    internal static IRuleBuilderOptions<T, string> IsReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Say why: the reason becomes part of the record.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
}
