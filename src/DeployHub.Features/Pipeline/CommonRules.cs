using DeployHub.Domain;
using FluentValidation;

namespace DeployHub.Features.Pipeline;

/// <summary>Rules that many messages share, said the same way everywhere.</summary>
internal static class CommonRules
{
    public static IRuleBuilderOptions<T, string> IsKey<T>(this IRuleBuilder<T, string> rule) => rule.Must(Key.IsValid).WithMessage(Key.Rule);

    public static IRuleBuilderOptions<T, string> IsName<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("This must not be empty.").MaximumLength(200).WithMessage("Use at most 200 characters.");

    public static IRuleBuilderOptions<T, string> IsReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Say why: the reason becomes part of the record.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
}
