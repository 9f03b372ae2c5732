using DeployHub.Features.Deployments.Staffing;
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
        RuleFor(plan => plan.People!).SetValidator(new PeopleValidator()).When(plan => plan.People is not null);
        RuleFor(plan => plan.SlotEnd)
            .Must((plan, end) => plan.SlotStart is null == end is null).WithMessage("Give both the start and the end of the slot, or neither for on demand.")
            .Must((plan, end) => end is null || plan.SlotStart is null || end > plan.SlotStart).WithMessage("The slot must end after it starts.");
    }
}
