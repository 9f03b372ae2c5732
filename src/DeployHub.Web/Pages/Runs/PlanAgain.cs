using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Deployments;
using Microsoft.AspNetCore.Http.Extensions;

namespace DeployHub.Web.Pages.Runs;

/// <summary>The planning form, filled as it was for a deployment that did not do what it was for.</summary>
public static class PlanAgain
{
    private const int LongestAddress = 4000;

    /// <summary>Null for a plan that is too long for an address, such as one of hundreds of targets: a form that left some of it out would mean another plan.</summary>
    public static string? Address(ShowDeployment.View deployment)
    {
        var plan = deployment.Plan;
        var query = new QueryBuilder
        {
            { "Input.Environment", plan.Environment },
            { "Input.Versions", plan.Versions.Select(version => version.Reference) },
            { "Input.Model", plan.Model },
            { "Input.Targets", plan.Targets.Select(target => target.Name) },
            { "Input.Category", plan.Category.ToString() },
            { "Input.Reason", plan.Reason.ToString() },
            { "Input.DeployAgain", plan.DeployAgain ? "true" : "false" },
            { "Input.Title", deployment.Title },
        };
        foreach (var (name, value) in RemovalForm.Query(plan.Removal)) query.Add(name, value);
        if (plan.Rehearsal is { } rehearsal) AddRehearsal(query, plan, rehearsal);
        foreach (var (name, value) in plan.Parameters) query.Add($"Input.Parameters[{name}]", value);
        foreach (var deviation in plan.Deviations ?? []) query.Add($"Input.Deviations[{deviation.Parameter}]", deviation.Reason);

        var address = $"/deployments/new{query}";
        return address.Length > LongestAddress ? null : address;
    }

    private static void AddRehearsal(QueryBuilder query, Plan plan, PlannedRehearsal rehearsal)
    {
        query.Add("Input.ModelVersion", $"{plan.ModelVersion}");
        query.Add("Input.Rehearsal", rehearsal.Case.ToString());
        if (rehearsal.FailAt is { } step) query.Add("Input.FailAt", step);
    }
}
