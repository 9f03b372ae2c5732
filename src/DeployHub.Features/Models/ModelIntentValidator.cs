using DeployHub.Domain.Models;
using FluentValidation;

namespace DeployHub.Features.Models;

internal sealed class ModelIntentValidator : AbstractValidator<ModelIntent>
{
    public ModelIntentValidator()
    {
        RuleFor(intent => intent.Need).NotEmpty().WithMessage("Say what must become possible or better: reviews compare with it.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        RuleFor(intent => intent.SuccessRate).Must(rate => rate is null or > 0 and <= 100).WithMessage("Say a percentage above 0, at most 100.");
        RuleFor(intent => intent.DurationP50).Must(IsDuration).WithMessage(Written);
        RuleFor(intent => intent.DurationP85).Must(IsDuration).WithMessage(Written);
        RuleFor(intent => intent.LeadTime).Must(IsDuration).WithMessage(Written);
        RuleFor(intent => intent.Reference).MaximumLength(200).WithMessage("Use at most 200 characters.");
        RuleFor(intent => intent.WideReason).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
    }

    private const string Written = "Write a duration such as 20m or 1h30m.";

    private static bool IsDuration(string? text) => string.IsNullOrWhiteSpace(text) || Duration.Parse(text).Error is null;
}
