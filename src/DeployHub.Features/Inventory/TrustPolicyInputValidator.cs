using DeployHub.Features.Pipeline;
using FluentValidation;

namespace DeployHub.Features.Inventory;

/// <summary>What can be said of a version of a trust policy without looking anything up; what it demands is judged by the policy itself.</summary>
internal sealed class TrustPolicyInputValidator : AbstractValidator<TrustPolicyInput>
{
    private const int Most = 50;

    public TrustPolicyInputValidator()
    {
        RuleFor(version => version.Reason).IsReason();
        RuleFor(version => version.Services).Must(services => services.Count <= 100).WithMessage("Use at most 100 services, or none for all.").Must(services => IsWhole(services)).WithMessage("Name every service by its key; null names none.");
        RuleForEach(version => version.Tiers).IsInEnum();
        RuleForEach(version => version.Kinds).IsInEnum();
        RuleFor(version => version.Signature!.Identities).Must(items => IsFew(items)).WithMessage($"Name at most {Most} identities.").Must(items => IsWhole(items)).WithMessage("Say subject and issuer of every identity; null is nobody.").When(version => version.Signature is not null);
        RuleFor(version => version.Signature!.Keys).Must(items => IsFew(items)).WithMessage($"Name at most {Most} keys.").Must(items => IsWhole(items)).WithMessage("Name every trusted key as it is registered; null names none.").When(version => version.Signature is not null);
        RuleFor(version => version.Provenance!.Identities).Must(items => IsFew(items)).WithMessage($"Name at most {Most} identities.").Must(items => IsWhole(items)).WithMessage("Say subject and issuer of every identity; null is nobody.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Keys).Must(items => IsFew(items)).WithMessage($"Name at most {Most} keys.").Must(items => IsWhole(items)).WithMessage("Name every trusted key as it is registered; null names none.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Builders).Must(items => IsFew(items)).WithMessage($"Name at most {Most} builders.").Must(items => IsWhole(items)).WithMessage("Write every builder out; null names none.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Sources).Must(items => IsWhole(items)).WithMessage("Write every source out; null names none.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Refs).Must(items => IsWhole(items)).WithMessage("Write every ref out; null names none.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.BuildTypes).Must(items => IsWhole(items)).WithMessage("Write every build type out; null names none.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Parameters).Must(parameters => IsWhole(parameters?.Values)).WithMessage("Say a value for every parameter; null is none.").When(version => version.Provenance is not null);
    }

    private static bool IsFew<T>(IReadOnlyList<T>? items) => items is null or { Count: <= Most };

    /// <summary>JSON lets a list hold null, which no rule after this expects.</summary>
    private static bool IsWhole<T>(IEnumerable<T>? items) => items is null || items.All(item => item is not null);
}
