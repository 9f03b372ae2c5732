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
        RuleFor(version => version.Services).Must(services => services.Count <= 100).WithMessage("Use at most 100 services, or none for all.");
        RuleForEach(version => version.Tiers).IsInEnum();
        RuleForEach(version => version.Kinds).IsInEnum();
        RuleFor(version => version.Signature!.Identities).Must(items => IsFew(items)).WithMessage($"Name at most {Most} identities.").When(version => version.Signature is not null);
        RuleFor(version => version.Signature!.Keys).Must(items => IsFew(items)).WithMessage($"Name at most {Most} keys.").When(version => version.Signature is not null);
        RuleFor(version => version.Provenance!.Identities).Must(items => IsFew(items)).WithMessage($"Name at most {Most} identities.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Keys).Must(items => IsFew(items)).WithMessage($"Name at most {Most} keys.").When(version => version.Provenance is not null);
        RuleFor(version => version.Provenance!.Builders).Must(items => IsFew(items)).WithMessage($"Name at most {Most} builders.").When(version => version.Provenance is not null);
    }

    private static bool IsFew<T>(IReadOnlyList<T>? items) => items is null or { Count: <= Most };
}
