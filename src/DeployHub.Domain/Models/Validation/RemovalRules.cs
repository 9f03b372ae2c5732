using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>A model that says how a component is taken away also proves that it is gone (domain §2.4.2).</summary>
internal static class RemovalRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        if (model.Removal is not { } removal) yield break;

        if (removal.Steps.Count == 0) yield return Error("steps", "Say what takes the component away, or leave removal out: then no plan removes anything with this model.");
        if (!removal.Proof.Any(ProvesAbsence))
            yield return Error("proof", "Prove that the component is gone: add a step that uses check-absent, check-script or manual. That the steps ended well proves nothing, and a condition (when) does not count.");
        if (model.Execute.Distribution is Distribution.Pull)
            yield return Error("steps", "Targets that fetch by themselves are told what to run, and not what to remove. Leave removal out, and remove with another model.");
    }

    private static bool ProvesAbsence(StepDefinition step) => step is { When: null, IfItFails: IfItFails.Halt, Settings: CheckAbsent or CheckScript or ManualWork };

    private static ModelRemark Error(string member, string sentence) => new("model.removal", $"removal.{member}", Severity.Error, sentence);
}
