using System.Text.RegularExpressions;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.Pipeline;
using FluentValidation;

namespace DeployHub.Features.Deployments;

/// <summary>What can be said of a plan without looking anything up.</summary>
internal sealed partial class PlanInputValidator : AbstractValidator<PlanInput>
{
    public PlanInputValidator()
    {
        RuleFor(plan => plan.Environment).NotEmpty().WithMessage("Choose the environment.");
        RuleFor(plan => plan.Versions).NotEmpty().WithMessage("Choose at least one component version.");
        RuleFor(plan => plan.Versions).Must(versions => versions.Count <= 50).WithMessage("A plan holds at most 50 versions.");
        RuleForEach(plan => plan.Versions).Matches("^[^@]+@.+$").WithMessage("Write a version as component@label, such as web@1.2.0.");
        RuleFor(plan => plan.Removal).NotNull().When(Removes).WithMessage("Something is removed: say who decided it, when, and where that can be read.");
        RuleFor(plan => plan.Removal).Null().When(plan => !Removes(plan)).WithMessage("The plan removes nothing: choose what is removed, or leave the decision out.");
        RuleFor(plan => plan.Removal!).SetValidator(new RemovalInputValidator()).When(plan => plan.Removal is not null && Removes(plan));
        RuleFor(plan => plan.Model).IsKey().WithMessage("Choose the deployment model.");
        RuleForEach(plan => plan.Deviations).Must(deviation => !string.IsNullOrWhiteSpace(deviation.Value) && deviation.Value.Length <= 2000).WithMessage("Say in at most 2000 characters why the plan leaves the model's bounds.");
        RuleFor(plan => plan.Category).IsInEnum();
        RuleFor(plan => plan.Reason).IsInEnum();
        RuleFor(plan => plan.Incident).Must(IsReferenceOrNothing).WithMessage($"Name the incident or security notice, such as INC-77 or CVE-2026-1234. {ReferenceRule}");
        RuleFor(plan => plan.IncidentSeverity).InclusiveBetween(1, 4).WithMessage("A severity lies between 1, the gravest, and 4.");
        RuleFor(plan => plan.ChangeReference).Must(IsReferenceOrNothing).WithMessage($"Name the change as its tool does, such as CHG0031234 or OPS-42. {ReferenceRule}");
        RuleFor(plan => plan.Rehearsal).Must(rehearsal => rehearsal is null || Enum.IsDefined(rehearsal.Case)).WithMessage("Say what is rehearsed: Pass, ForcedFailure, Rollback or ByInstructions.");
        RuleFor(plan => plan.ModelVersion).NotNull().When(plan => plan.Rehearsal is not null).WithMessage("Say which version of the model is rehearsed.");
        RuleFor(plan => plan.Parties).Must(parties => parties.Count <= 50).WithMessage("A plan names at most 50 organisations.");
        RuleFor(plan => plan.People!).SetValidator(new PeopleValidator()).When(plan => plan.People is not null);
        RuleFor(plan => plan.Start).IsInEnum();
        RuleFor(plan => plan.SlotStart).NotNull().When(plan => plan.Start is StartMode.AtSlot).WithMessage("It is to start by itself at its slot, so it needs one.");
        RuleFor(plan => plan.SlotStart).Must(start => start.IsPlannableOrNothing()).WithMessage(SlotBounds.Rule);
        RuleFor(plan => plan.SlotEnd).Must(end => end.IsPlannableOrNothing()).WithMessage(SlotBounds.Rule);
        RuleFor(plan => plan.After).Must(after => after is null || after.All(one => one is not null && Enum.IsDefined(one.Until) && !string.IsNullOrWhiteSpace(one.Deployment)))
            .WithMessage("Name each deployment that comes first by its number, such as DEP-2026-000123, and say whether it has to succeed or only to end: Success or AnyEnd.");
        RuleFor(plan => plan.SlotEnd)
            .Must((plan, end) => plan.SlotStart is null == end is null).WithMessage("Give both the start and the end of the slot, or neither for on demand.")
            .Must((plan, end) => end is null || plan.SlotStart is null || end > plan.SlotStart).WithMessage("The slot must end after it starts.");
    }

    private static bool Removes(PlanInput plan) => plan.Versions.Any(RemovalInput.IsReference);

    private const string ReferenceRule = "Use 2 to 60 letters, digits and the marks . _ # / -, beginning with a letter and with at least one digit.";

    internal static bool IsReference(string? text) => text is not null && Reference().IsMatch(text.Trim());

    private static bool IsReferenceOrNothing(string? text) => string.IsNullOrWhiteSpace(text) || IsReference(text);

    [GeneratedRegex(@"\A(?=.*[0-9])[A-Za-z][A-Za-z0-9._#/-]{1,59}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
