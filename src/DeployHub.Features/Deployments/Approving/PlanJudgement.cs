using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Risks;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>What a plan risks and who has to approve it (domain §2.6).</summary>
/// <param name="Authorised">What authorises it as a standard change; null for any other.</param>
internal sealed record PlanJudgement(BoundPlan Bound, Risk Risk, StandardAuthorisation? Authorised)
{
    /// <summary>Why it cannot be submitted, or not stay so with this plan; null when it can.</summary>
    public Error? Objection => Bound is { Environment: { Policy.ChangeReferenceRequired: true } strict, Plan: { ChangeReference: null, Rehearsal: null } } ? ApprovalErrors.ChangeReferenceMissing(strict.Name) : null;

    /// <summary>What is needed for the band that counts, after what people said of the risk before.</summary>
    public IReadOnlyList<NeededApproval> NeededAfter(Risk? before) => Needed(Risk.After(before, isOnDemand: Bound.Slot is null).Band);

    public IReadOnlyList<NeededApproval> Needed(RiskBand band) => ApprovalPolicy.For(Bound.Plan, Bound.Environment.Policy, band);
}

internal static class JudgingPlans
{
    /// <summary>Refused for a standard change that no model version authorises, or whose risk is not low.</summary>
    public static async Task<Result<PlanJudgement>> JudgeAsync(this DeployHubDb db, BoundPlan bound, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var risk = Risk.Of(await db.RiskFactsAsync(bound, cancellationToken), bound.Plan.Digest, at);
        if (bound.Plan.Category is not ChangeCategory.Standard) return new PlanJudgement(bound, risk, null);

        if (bound.Plan.Deviations is { Count: > 0 } deviations) return ApprovalErrors.NotStandardAsItDeviates(deviations.Select(deviation => deviation.Parameter));
        var authorised = Authorise(bound);
        if (authorised.Error is { } unauthorised) return unauthorised;
        return ApprovalPolicy.IsPreAuthorised(bound.Plan, risk.Computed) ? new PlanJudgement(bound, risk, authorised.Value) : ApprovalErrors.RiskTooHighForStandard(risk.InWords);
    }

    /// <summary>A plan that is stored, with what it is judged by.</summary>
    public static async Task<BoundPlan> BoundAsync(this DeployHubDb db, Deployment deployment, CancellationToken cancellationToken)
    {
        var environment = await db.Environments.AsNoTracking().SingleAsync(known => known.Id == deployment.EnvironmentId, cancellationToken);
        var service = await db.Services.Where(known => known.Id == deployment.ServiceId).Select(known => known.Key).SingleAsync(cancellationToken);
        var model = await db.ModelVersions.AsNoTracking().SingleAsync(version => version.Id == deployment.ModelVersionId, cancellationToken);
        return new BoundPlan(deployment.Plan, deployment.Slot, deployment.ServiceId, service, environment, model, await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken));
    }

    private static Result<StandardAuthorisation> Authorise(BoundPlan bound)
    {
        var (plan, model) = (bound.Plan, bound.Model);
        var objection = model.Content.PreAuthorised is { } scope ? bound.Services.Select(service => scope.Objection(service, plan.Tier)).FirstOrDefault(elsewhere => elsewhere is not null) : "is pre-authorised for nothing.";
        if (objection is not null) return ApprovalErrors.NotPreAuthorised(plan.Model, plan.ModelVersion, objection);

        return model.Approval is { } approval
            ? new StandardAuthorisation(plan.Model, plan.ModelVersion, approval.By, approval.At)
            : new StandardAuthorisation(plan.Model, plan.ModelVersion, model.PublishedBy ?? model.CreatedBy, model.PublishedAt ?? model.CreatedAt);
    }
}
