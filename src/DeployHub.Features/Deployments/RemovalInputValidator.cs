using FluentValidation;

namespace DeployHub.Features.Deployments;

/// <summary>Nothing is removed that nobody decided to retire.</summary>
internal sealed class RemovalInputValidator : AbstractValidator<RemovalInput>
{
    public RemovalInputValidator()
    {
        RuleFor(removal => removal.DecidedBy).NotEmpty().WithMessage("Say who decided that it is retired: a person or a board.").MaximumLength(200).WithMessage("Name whoever decided in at most 200 characters.");
        RuleFor(removal => removal.DecidedOn).NotNull().WithMessage("Say on which day its retirement was decided.");
        RuleFor(removal => removal.Reference).NotEmpty().WithMessage("Say where the decision can be read, such as CAB-2026-114.").MaximumLength(200).WithMessage("Write where the decision can be read in at most 200 characters.");
        RuleFor(removal => removal.DependantsAccepted).MaximumLength(1000).WithMessage("Say why what needs it may stay in at most 1,000 characters.");
    }
}
