using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Templates;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using DeployHub.Features.Models;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>Makes of an earlier plan what can be planned now, and says what it left out or took over.</summary>
internal static class PlanCopying
{
    public static async Task<PlanCopy> CopyAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken)
    {
        var (plan, changed) = (PlanCopy.InputOf(deployment.Plan), new List<string>());
        plan = await db.WithModelAsync(plan, deployment.Plan.ModelVersion, changed, cancellationToken);
        plan = await db.WithTargetsAsync(plan, deployment.Plan.TakesEveryTarget ? [.. deployment.Plan.Targets.Select(target => target.Name)] : null, changed, cancellationToken);
        plan = await db.WithVersionsAsync(plan, changed, cancellationToken);
        return new PlanCopy(plan, deployment.Number, changed);
    }

    public static async Task<PlanCopy> FillAsync(this DeployHubDb db, PlanTemplate template, CancellationToken cancellationToken)
    {
        var (outline, changed) = (template.Outline, new List<string>());
        var removed = await db.RemovalsAsync(outline, changed, cancellationToken);
        var plan = new PlanInput
        {
            Environment = outline.Environment,
            Versions = [.. await db.NewestAsync(outline.Components, changed, cancellationToken), .. removed],
            Removal = removed.Count == 0 ? null : RemovalInput.Of(outline.Decision),
            Model = outline.Model,
            Targets = outline.Targets,
            Parameters = outline.Parameters,
            Category = outline.Category,
            Reason = outline.Reason is ReasonCode.Removal && removed.Count == 0 ? ReasonCode.NewVersion : outline.Reason,
            DeployAgain = outline.DeployAgain,
        };
        plan = await db.WithModelAsync(plan, null, changed, cancellationToken);
        plan = await db.WithTargetsAsync(plan, null, changed, cancellationToken);
        return new PlanCopy(plan, template.Name, changed);
    }

    /// <param name="before">The version that was used then; null where that does not matter.</param>
    private static async Task<PlanInput> WithModelAsync(this DeployHubDb db, PlanInput plan, int? before, List<string> changed, CancellationToken cancellationToken)
    {
        var published = await db.VersionsOf(plan.Model).AsNoTracking().Where(version => version.Status == ModelVersionStatus.Published).SingleOrDefaultAsync(cancellationToken);
        if (published is null)
        {
            changed.Add($"{plan.Model} has no published version any more: choose another model.");
            return plan with { Model = "", Parameters = new Dictionary<string, string>() };
        }

        if (before is { } number && published.Number != number) changed.Add($"{plan.Model} is v{published.Number} now; it was v{number} then.");
        var known = published.Content.Parameters.ToDictionary(parameter => parameter.Name);
        var kept = plan.Parameters.Where(given => known.TryGetValue(given.Key, out var parameter) && parameter.Check(given.Value).Error is null).ToDictionary();
        changed.AddRange(plan.Parameters.Where(given => !kept.ContainsKey(given.Key)).Select(given => $"{given.Key} was {given.Value}, which {plan.Model} v{published.Number} does not take: it has its default."));
        return plan with { Parameters = kept };
    }

    /// <param name="all">The targets of a plan that took every one; null for one that chose.</param>
    private static async Task<PlanInput> WithTargetsAsync(this DeployHubDb db, PlanInput plan, IReadOnlyList<string>? all, List<string> changed, CancellationToken cancellationToken)
    {
        var inService = await (from target in db.Targets
                               join environment in db.Environments on target.EnvironmentId equals environment.Id
                               where environment.Key == plan.Environment && target.RetiredAt == null
                               orderby target.Name
                               select target.Name).ToListAsync(cancellationToken);
        var gone = (all ?? plan.Targets).Except(inService).ToList();
        if (gone.Count > 0) changed.Add($"{Words.List(gone)} {(gone.Count == 1 ? "is" : "are")} out of service and left out.");
        var added = all is null ? [] : inService.Except(all).ToList();
        if (added.Count > 0) changed.Add($"{Words.List(added)} came into service since and {(added.Count == 1 ? "is" : "are")} included.");
        if (plan.Targets.Count > 0 && gone.Count == plan.Targets.Count) changed.Add("None of its targets is left: it takes every target now.");
        return plan with { Targets = [.. plan.Targets.Except(gone)] };
    }

    private static async Task<PlanInput> WithVersionsAsync(this DeployHubDb db, PlanInput plan, List<string> changed, CancellationToken cancellationToken)
    {
        var kept = new List<string>();
        foreach (var reference in plan.Versions)
        {
            var (component, label) = (reference[..reference.IndexOf('@')], reference[(reference.IndexOf('@') + 1)..]);
            var versions = await db.UsableVersionsOf(component).ToListAsync(cancellationToken);
            if (versions.Contains(label) || label == WatchedFact.Absent) kept.Add(reference);
            else changed.Add($"{component} {label} was recalled: choose another version.");
            if (versions.Count > 0 && versions[0] != label && label != WatchedFact.Absent) changed.Add($"{component} {versions[0]} is the newest version; it was {label} then.");
        }

        return plan with { Versions = kept };
    }

    private static async Task<IReadOnlyList<string>> NewestAsync(this DeployHubDb db, IReadOnlyList<string> components, List<string> changed, CancellationToken cancellationToken)
    {
        var newest = new List<string>();
        foreach (var component in components)
        {
            if (await db.UsableVersionsOf(component).FirstOrDefaultAsync(cancellationToken) is { } label) newest.Add($"{component}@{label}");
            else changed.Add($"{component} has no version that may be deployed.");
        }

        return newest;
    }

    /// <summary>What is removed again: what is there by now, as far as DeployHub knows. The decision is shown as it was, for somebody to say that it holds.</summary>
    private static async Task<IReadOnlyList<string>> RemovalsAsync(this DeployHubDb db, PlanOutline outline, List<string> changed, CancellationToken cancellationToken)
    {
        if (outline is not { Removed: { Count: > 0 } removed, Decision: { } decision }) return [];

        var there = await (from seen in db.ObservedVersions
                           where seen.VersionId != null
                           join component in db.Components on seen.ComponentId equals component.Id
                           where removed.Contains(component.Key)
                           join target in db.Targets on seen.TargetId equals target.Id
                           where target.RetiredAt == null && (outline.Targets.Count == 0 || outline.Targets.Contains(target.Name))
                           join environment in db.Environments on target.EnvironmentId equals environment.Id
                           where environment.Key == outline.Environment
                           select component.Key).Distinct().ToListAsync(cancellationToken);
        var kept = removed.Where(there.Contains).ToList();
        var gone = removed.Except(kept).ToList();
        if (gone.Count > 0) changed.Add($"{Words.List(gone)} {(gone.Count == 1 ? "is" : "are")} on none of the targets, so nothing is removed there.");
        if (kept.Count > 0) changed.Add($"The removal of {Words.List(kept)} was decided by {decision.DecidedBy} on {decision.DecidedOn:yyyy-MM-dd}, {decision.Reference}: see that it still holds, or write another.");
        return [.. kept.Select(RemovalInput.ReferenceTo)];
    }

    /// <summary>Labels, the newest first.</summary>
    private static IQueryable<string> UsableVersionsOf(this DeployHubDb db, string component) =>
        from version in db.ComponentVersions
        where version.RecallReason == null
        join known in db.Components on version.ComponentId equals known.Id
        where known.Key == component
        orderby version.RegisteredAt descending, version.Id descending
        select version.Label;
}
