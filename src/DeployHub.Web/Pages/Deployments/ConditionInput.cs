using DeployHub.Features.Deployments.Conditions;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What a person types who says that a condition is met.</summary>
public sealed class ConditionInput
{
    /// <summary>Names it within the deployment.</summary>
    public string? Condition { get; set; }

    /// <summary>How it was met.</summary>
    public string? Note { get; set; }
}

/// <summary>The conditions of a deployment, on its pages and those of its runs.</summary>
public sealed record ConditionPart(ListConditions.View View, ConditionInput Input)
{
    public string Address => $"/deployments/{View.Number}/conditions";
}
