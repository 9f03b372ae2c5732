using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V5: every model says how to go back, or that nobody can.</summary>
internal static class RollbackRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        var (method, steps) = (model.Rollback.Method, model.Rollback.Steps ?? []);
        if (method is RollbackMethod.Irreversible && string.IsNullOrWhiteSpace(model.Rollback.ForwardFixPlan))
            yield return Error("forwardFixPlan", "Nothing leads back, so say in a few sentences how a failure is fixed forward.");
        if (method is RollbackMethod.Irreversible && !TakesBackup(model))
            yield return Error("method", "Nothing leads back, so a step before the change must take a backup; name it so that “backup” occurs in its name.");
        if (method is RollbackMethod.RedeployPrevious or RollbackMethod.Irreversible && steps.Count > 0)
            yield return Error("steps", method is RollbackMethod.Irreversible
                ? "An irreversible model has no rollback steps."
                : "RedeployPrevious runs the Execute steps again with the previous version; for steps of your own use CompensatingSteps.");
        if (method is not (RollbackMethod.RedeployPrevious or RollbackMethod.Irreversible) && steps.Count == 0 && !(method is RollbackMethod.SwitchBack && model.Rollback.Switch is { Count: > 0 }))
            yield return Error("steps", $"{method} needs the steps that lead each touched target back.");
    }

    private static bool TakesBackup(ModelContent model) =>
        TakesBackup(model.VerifyEnvironment) || TakesBackup(model.Execute.Steps);

    /// <summary>One that runs together with the change is no backup of what was before.</summary>
    private static bool TakesBackup(IReadOnlyList<StepDefinition> steps) =>
        steps.Index().Any(step => step.Item.When is null && step.Item.Name.Replace(" ", "").Contains("backup", StringComparison.OrdinalIgnoreCase)
            && !steps.Index().Any(other => other.Index != step.Index && TogetherRules.AreTogether(steps, step.Index, other.Index) && !other.Item.Settings.IsCheck()));

    private static ModelRemark Error(string member, string sentence) => new("A-V5", $"rollback.{member}", Severity.Error, sentence);
}
