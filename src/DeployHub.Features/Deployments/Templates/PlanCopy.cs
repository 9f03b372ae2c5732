using DeployHub.Domain.Deployments;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>A plan to begin with, made of an earlier one.</summary>
/// <param name="Source">What it was made of, in words.</param>
/// <param name="Changed">What is otherwise than it was then, a sentence each.</param>
public sealed record PlanCopy(PlanInput Plan, string Source, IReadOnlyList<string> Changed)
{
    /// <summary>What was said when it was planned, without when.</summary>
    public static PlanInput InputOf(Plan plan) => new()
    {
        Environment = plan.Environment,
        Versions = [.. plan.Versions.Select(version => version.Reference)],
        Removal = RemovalInput.Of(plan.Removal),
        Model = plan.Model,
        Targets = plan.TakesEveryTarget ? [] : [.. plan.Targets.Select(target => target.Name)],
        Parameters = plan.Parameters,
        Category = plan.Category,
        Reason = plan.Reason,
        DeployAgain = plan.DeployAgain,
    };
}
