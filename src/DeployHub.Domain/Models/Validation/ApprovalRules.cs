using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V9: what a model asks of approvals is said once for each tier, and not weaker than what the environments ask by themselves.</summary>
public static class ApprovalRules
{
    private const string Rule = "A-V9";

    /// <summary>As far as the document alone can tell.</summary>
    internal static IEnumerable<ModelRemark> Check(ModelContent model) => [.. Demands(model), .. Missing(model)];

    /// <param name="policies">Of every environment.</param>
    public static IEnumerable<ModelRemark> Check(ModelContent model, IReadOnlyList<TierPolicy> policies) =>
        from demand in Placed(model)
        from policy in policies
        where policy.Tier == demand.Demand.Tier && demand.Demand.Category is not ChangeCategory.Standard && policy.MinimumApprovals > demand.Demand.People
        select Error(demand.Index, "atLeast", $"{Words.Count(demand.Demand.People, "approval")} for {demand.Demand.Case} are fewer than {policy.Environment} asks for by itself, which are {policy.MinimumApprovals}.");

    private static IEnumerable<ModelRemark> Demands(ModelContent model)
    {
        foreach (var (demand, index) in Placed(model))
        {
            if (demand.AtLeast is < 1 or > ApprovalDemand.MostPeople) yield return Error(index, "atLeast", $"1 to {ApprovalDemand.MostPeople} people may be asked for.");
            else if (demand.AtLeast < demand.Qualities.Count) yield return Error(index, "atLeast", $"{demand.Qualities.Count} qualities need as many people, one each.");
            if (demand.People == 0) yield return Error(index, "", "This asks for nothing: name qualities, say atLeast, or take it away.");
            if (demand.Qualities.Count > ApprovalDemand.MostPeople) yield return Error(index, "qualities", $"At most {ApprovalDemand.MostPeople} people may be asked for.");
            if (demand.Category is ChangeCategory.Standard) yield return Error(index, "category", "A standard change is authorised by the publication of its model, and nobody approves a single one.");
            if (model.Approvals!.Take(index).Any(before => (before.Tier, before.Category) == (demand.Tier, demand.Category))) yield return Error(index, "tier", $"What is asked for {demand.Case} stands before: say it once.");
            if (model.AppliesTo.Tiers is { Count: > 0 } tiers && !tiers.Contains(demand.Tier))
                yield return Error(index, "tier", $"The model does not apply in {Words.Of(demand.Tier)}, so nobody is ever asked for this.") with { Severity = Severity.Warning };
        }
    }

    /// <summary>Whoever says it for one tier should know what holds in the others.</summary>
    private static IEnumerable<ModelRemark> Missing(ModelContent model)
    {
        if (model.Approvals is not { Count: > 0 } said) yield break;

        var tiers = model.AppliesTo.Tiers is { Count: > 0 } some ? some : Enum.GetValues<Tier>();
        var silent = tiers.Where(tier => said.All(demand => demand.Tier != tier)).Select(tier => Words.Of(tier)).ToList();
        if (silent.Count > 0)
            yield return new ModelRemark(Rule, "approvals", Severity.Hint, $"Nothing is said of {Words.List(silent)}: what is asked for everywhere applies there, with what the environment asks by itself.");
    }

    private static IEnumerable<(ApprovalDemand Demand, int Index)> Placed(ModelContent model) => (model.Approvals ?? []).Select((demand, index) => (demand, index));

    private static ModelRemark Error(int index, string member, string sentence) =>
        new(Rule, member.Length == 0 ? $"approvals[{index}]" : $"approvals[{index}].{member}", Severity.Error, sentence);
}
