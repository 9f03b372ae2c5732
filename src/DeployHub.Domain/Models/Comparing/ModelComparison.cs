using System.Text.Json.Nodes;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>
/// What one version of a model says otherwise than another, in words. It sees everything that a digest sees: the members of settings are
/// compared as they are documented, so that a new kind of step or a new setting needs nothing here.
/// </summary>
public static class ModelComparison
{
    /// <summary>In the order of the document. Empty exactly when both mean the same.</summary>
    public static IReadOnlyList<ModelChange> Of(ModelContent was, ModelContent now)
    {
        if (was.Digest == now.Digest) return [];

        List<ModelChange> changes =
        [
            .. Own(was, now),
            .. ApplicabilityChanges.Of(was.AppliesTo, now.AppliesTo),
            .. PreAuthorisationChanges.Of(was.PreAuthorised, now.PreAuthorised),
            .. ParameterChanges.Of(was.Parameters, now.Parameters),
            .. RoleChanges.Of(was.Roles ?? [], now.Roles ?? []),
            .. ApprovalChanges.Of(was.Approvals ?? [], now.Approvals ?? []),
            .. Steps(was, now, StepList.VerifyComponents, StepList.VerifyEnvironment),
            .. PhaseChanges.Of(was, now),
            .. Execute(was.Execute, now.Execute),
            .. Steps(was, now, StepList.Execute, StepList.Switch, StepList.Watch, StepList.VerifyDeployment),
            .. Rollback(was.Rollback, now.Rollback),
            .. Steps(was, now, StepList.RollbackSwitch, StepList.Rollback, StepList.Removal, StepList.RemovalProof),
        ];
        return changes.Count > 0 ? changes : [NotationOnly];
    }

    /// <summary>Such as an empty list where there was none.</summary>
    private static readonly ModelChange NotationOnly =
        new(new ChangePlace(ModelPart.Model, null, null, ""), ChangeKind.Changed, "only how it is written down differs; it does the same");

    private static IEnumerable<ModelChange> Own(ModelContent was, ModelContent now) => InPart(
        ModelPart.Model, "", "",
        new JsonObject { ["model"] = was.Model, ["name"] = was.Name, ["purpose"] = was.Purpose, ["approach"] = was.Approach.ToString() },
        new JsonObject { ["model"] = now.Model, ["name"] = now.Name, ["purpose"] = now.Purpose, ["approach"] = now.Approach.ToString() });

    private static IEnumerable<ModelChange> Execute(ExecuteDefinition was, ExecuteDefinition now) =>
        InPart(ModelPart.Execute, "stages.execute.", "", Members.Of(was, "phases", "steps", "switch", "watch"), Members.Of(now, "phases", "steps", "switch", "watch"));

    private static IEnumerable<ModelChange> Rollback(RollbackDefinition was, RollbackDefinition now)
    {
        if (was.Method != now.Method)
            yield return new ModelChange(
                new ChangePlace(ModelPart.Rollback, null, "method", "rollback.method"), ChangeKind.Changed, $"rollback: {was.Method} → {now.Method}", $"{was.Method}", $"{now.Method}", ModelInWords.Rollback(now));
        foreach (var change in InPart(ModelPart.Rollback, "rollback.", "rollback: ", Members.Of(was, "method", "steps", "switch"), Members.Of(now, "method", "steps", "switch"))) yield return change;
    }

    private static IEnumerable<ModelChange> InPart(ModelPart part, string path, string before, JsonObject was, JsonObject now) =>
        Members.Compare(was, now).Select(member => new ModelChange(new ChangePlace(part, null, member.Member, path + member.Member), member.Kind, before + member.Text, member.Was, member.Now));

    private static IEnumerable<ModelChange> Steps(ModelContent was, ModelContent now, params StepList[] lists) => lists.SelectMany(list => StepListChanges.Of(was, now, list));
}
