using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Validation;

/// <summary>What the role slots of a model have to be for a plan to fill them (A-V7). What a step asks of its slot is told at the step.</summary>
internal static class RoleRules
{
    private const string Rule = "A-V7";

    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        var used = model.AllSteps().SelectMany(place => place.Step.Settings.RoleSlots).ToHashSet(StringComparer.Ordinal);
        return (model.Roles ?? []).SelectMany(slot => (IEnumerable<ModelRemark>)[.. Alone(slot), .. Others(model, slot), .. slot.IsOperator || used.Contains(slot.Name) ? Array.Empty<ModelRemark>() : [Unused(slot)]]);
    }

    private static IEnumerable<ModelRemark> Alone(RoleSlot slot)
    {
        if (!RoleSlot.IsName(slot.Name))
            yield return Error(slot, "", "needs another name: a lower-case letter, then letters, digits and -, at most 40 of them, and not the name of a role");
        if (slot.People is < 1 or > RoleSlot.MostPeople) yield return Error(slot, "people", $"takes 1 to {RoleSlot.MostPeople} people; write optional: true where a plan may leave it empty");
        if (slot.Qualification is { } skill && !Qualification.IsSkill(skill)) yield return Error(slot, "qualification", $"needs the name of a skill. {Qualification.SkillRule}");
        if (slot.Role is Role.CiSystem) yield return Error(slot, "role", "is for people, and a CI system is none");
        if (slot.IsOperator && slot.People > 1) yield return Error(slot, "people", "is for the one person who starts the run");
        if (slot.IsOperator && !PermissionMatrix.Allows([slot.Role], Permission.StartRuns)) yield return Error(slot, "role", $"is for {RoleSlot.ARole(slot.Role)}, who may not start runs");
    }

    private static IEnumerable<ModelRemark> Others(ModelContent model, RoleSlot slot)
    {
        foreach (var (other, index) in (slot.DiffersFrom ?? []).Select((other, index) => (other, index)))
            if (other == slot.Name) yield return Error(slot, $"differsFrom[{index}]", "cannot differ from itself");
            else if (other != RoleSlot.Operator && model.RoleSlotOf(other) is null) yield return Error(slot, $"differsFrom[{index}]", $"is to differ from “{other}”, and there is no such slot");
    }

    private static ModelRemark Unused(RoleSlot slot) =>
        new(Rule, $"roles.{slot.Name}", Severity.Warning, $"No step is done by the role slot {slot.Name}: write slot: {slot.Name} at a manual step, name it among those who are asked, or take it away.");

    private static ModelRemark Error(RoleSlot slot, string member, string sentence) =>
        new(Rule, member.Length == 0 ? $"roles.{slot.Name}" : $"roles.{slot.Name}.{member}", Severity.Error, $"The role slot {slot.Name} {sentence}.");
}
