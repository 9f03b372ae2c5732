namespace DeployHub.Domain.Models.Validation;

/// <summary>
/// Guard A-V (domain §2.1.3), as far as the document alone can tell: A-V9 needs the environments' policies, too, and A-V13 and A-V14 need
/// deployments that were carried out. Lock, baseline and the order of the four stages are the engine's own and cannot be missing.
/// </summary>
public static class ModelValidation
{
    public static IReadOnlyList<ModelRemark> Check(ModelContent model, IConditions conditions)
    {
        var remarks = new List<ModelRemark>();
        remarks.AddRange(NameRules.Check(model));
        remarks.AddRange(ParameterRules.Check(model));
        remarks.AddRange(RoleRules.Check(model));
        remarks.AddRange(ApprovalRules.Check(model));
        remarks.AddRange(StageRules.Check(model));
        remarks.AddRange(PhaseRules.Check(model));
        remarks.AddRange(ApproachRules.Check(model));
        remarks.AddRange(RollbackRules.Check(model));
        remarks.AddRange(RemovalRules.Check(model));
        foreach (var step in model.AllSteps()) remarks.AddRange([.. StepRules.Check(model, step), .. ConditionRules.Check(model, step, conditions), .. OutputRules.Check(model, step), .. TogetherRules.Check(model, step)]);
        return remarks;
    }

    /// <summary>What holds of a parameter whatever uses it.</summary>
    public static IEnumerable<ModelRemark> CheckParameter(Parameter parameter) => ParameterRules.Alone(parameter);

    /// <summary>Names by which steps read parameters that there are not.</summary>
    public static IEnumerable<ModelRemark> CheckParameterNames(ModelContent model) => model.AllSteps().SelectMany(step => StepRules.UnknownParameters(model, step));
}
