using DeployHub.Domain.Deployments;
using DeployHub.Features.Pipeline;
using FluentValidation;

namespace DeployHub.Features.Deployments;

/// <summary>What can be said of a plan without looking anything up.</summary>
internal sealed class PlanInputValidator : AbstractValidator<PlanInput>
{
    public PlanInputValidator()
    {
        RuleFor(plan => plan.Environment).NotEmpty().WithMessage("Choose the environment.");
        RuleFor(plan => plan.Versions).NotEmpty().WithMessage("Choose at least one component version.");
        RuleFor(plan => plan.Versions).Must(versions => versions.Count <= 50).WithMessage("A plan holds at most 50 versions.");
        RuleForEach(plan => plan.Versions).Matches("^[^@]+@.+$").WithMessage("Write a version as component@label, such as web@1.2.0.");
        RuleFor(plan => plan.Model).IsKey().WithMessage("Choose the deployment model.");
        RuleFor(plan => plan.Category).IsInEnum();
        RuleFor(plan => plan.Reason).IsInEnum();
        RuleFor(plan => plan.Rehearsal).Must(rehearsal => rehearsal is null || Enum.IsDefined(rehearsal.Case)).WithMessage("Say what is rehearsed: Pass, ForcedFailure, Rollback or ByInstructions.");
        RuleFor(plan => plan.ModelVersion).NotNull().When(plan => plan.Rehearsal is not null).WithMessage("Say which version of the model is rehearsed.");
        RuleFor(plan => plan.Start).IsInEnum();
        RuleFor(plan => plan.SlotStart).NotNull().When(plan => plan.Start is StartMode.AtSlot).WithMessage("It is to start by itself at its slot, so it needs one.");
        RuleFor(plan => plan.After).Must(after => after is null || after.All(one => one is not null && Enum.IsDefined(one.Until) && !string.IsNullOrWhiteSpace(one.Deployment)))
            .WithMessage("Name each deployment that comes first by its number, such as DEP-2026-000123, and say whether it has to succeed or only to end: Success or AnyEnd.");
        RuleFor(plan => plan.SlotEnd)
            .Must((plan, end) => plan.SlotStart is null == end is null).WithMessage("Give both the start and the end of the slot, or neither for on demand.")
            .Must((plan, end) => end is null || plan.SlotStart is null || end > plan.SlotStart).WithMessage("The slot must end after it starts.");
    }
}
