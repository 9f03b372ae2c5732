using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using FluentValidation;

namespace DeployHub.Features.Partners;

/// <summary>Rules that messages about partners share.</summary>
internal static class PartnerRules
{
    public static IRuleBuilderOptions<T, string> IsZone<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(WallTime.IsZone).WithMessage("Write a time zone by its IANA name, such as Europe/Berlin.");

    /// <param name="empty">The sentence for one that is missing.</param>
    public static IRuleBuilderOptions<T, DateTime> IsWallTime<T>(this IRuleBuilder<T, DateTime> rule, string empty) =>
        rule.NotEmpty().WithMessage(empty).Must(wall => wall.Kind is DateTimeKind.Unspecified).WithMessage("Write the time as the clock on the wall says it, without an offset and without Z.");

    public static IRuleBuilderOptions<T, string> IsAddress<T>(this IRuleBuilder<T, string> rule) =>
        rule.EmailAddress().WithMessage("Write an e-mail address.").MaximumLength(200).WithMessage("Use at most 200 characters.");

    public static IRuleBuilderOptions<T, int> IsNotice<T>(this IRuleBuilder<T, int> rule) =>
        rule.InclusiveBetween(0, 60).WithMessage("Say how many working days before: 0 to 60.");

    /// <summary>Who said it, or who asks for it.</summary>
    /// <param name="why">The sentence for an empty one.</param>
    public static IRuleBuilderOptions<T, string> IsNamed<T>(this IRuleBuilder<T, string> rule, string why) =>
        rule.NotEmpty().WithMessage(why).MaximumLength(200).WithMessage("Use at most 200 characters.");

    /// <summary>Nothing is answered unless it is said.</summary>
    public static IRuleBuilderOptions<T, AlignmentReply?> IsReply<T>(this IRuleBuilder<T, AlignmentReply?> rule) =>
        rule.Must(reply => reply is { } said && Enum.IsDefined(said)).WithMessage("Say what the answer is: Agree, AgreeWithConditions or Object.");

    public static IRuleBuilderOptions<T, string?> IsRemark<T>(this IRuleBuilder<T, string?> rule) => rule.MaximumLength(2000).WithMessage("Use at most 2000 characters.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> AreConditions<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .Must(conditions => conditions.Count <= 10).WithMessage("An answer has at most 10 conditions.")
        .Must(conditions => conditions.All(condition => !string.IsNullOrWhiteSpace(condition) && condition.Length <= 500))
        .WithMessage("Write each condition with 1 to 500 characters.");

    /// <summary>What was typed, as it is recorded. Bounds are read on the organisation's clock.</summary>
    public static GivenAnswer Given(AlignmentReply reply, string? words, IReadOnlyList<string>? conditions, TimeOnly? notBefore, TimeOnly? notAfter, string zone) => new(
        reply, words?.Trim() ?? "", [.. (conditions ?? []).Select(condition => condition.Trim())],
        notBefore is null && notAfter is null ? null : new TimeBounds(notBefore, notAfter, zone));
}
