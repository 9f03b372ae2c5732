using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Deployments.Templates;

/// <summary>What a template says of a plan: everything but which versions, and when.</summary>
/// <param name="Components">Keys of the components that are brought, in the order in which they are deployed.</param>
/// <param name="Targets">Names; empty takes every target.</param>
public sealed record PlanOutline(
    string Environment, IReadOnlyList<string> Components, string Model, IReadOnlyList<string> Targets, IReadOnlyDictionary<string, string> Parameters,
    ChangeCategory Category, ReasonCode Reason, bool DeployAgain)
{
    /// <summary>Keys of the components that are removed; null for none.</summary>
    public IReadOnlyList<string>? Removed { get; init; }

    /// <summary>The decision by which they were removed when the template was made; null where none are.</summary>
    public PlannedRemoval? Decision { get; init; }

    public static PlanOutline Of(Plan plan) => new(
        plan.Environment, [.. plan.Versions.Where(version => !version.IsRemoval).Select(version => version.Component)], plan.Model, plan.TakesEveryTarget ? [] : [.. plan.Targets.Select(target => target.Name)],
        plan.Parameters, plan.Category, plan.Reason, plan.DeployAgain)
    {
        Removed = plan.Removal is null ? null : [.. plan.Versions.Where(version => version.IsRemoval).Select(version => version.Component)],
        Decision = plan.Removal,
    };
}

/// <summary>A plan of a service that is made again and again, under a name. It is ended, never deleted.</summary>
public sealed class PlanTemplate
{
    private PlanTemplate() { }

    public PlanTemplateId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private init; } = "";

    public ServiceId ServiceId { get; private init; }

    public PlanOutline Outline { get; private init; } = null!;

    /// <summary>Number of the deployment that it was made from.</summary>
    public string MadeFrom { get; private init; } = "";

    public Actor MadeBy { get; private init; } = Actor.System;

    public DateTimeOffset MadeAt { get; private init; }

    public Actor? EndedBy { get; private set; }

    /// <summary>Since when it is not offered any more; null while it is.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Refused with <c>plan-template.rehearsal</c>: that is no plan to make again.</summary>
    public static Result<PlanTemplate> Make(string key, string name, Deployment from, Actor by, DateTimeOffset at)
    {
        if (from.Plan.Rehearsal is not null) return PlanTemplateErrors.Rehearsal;

        return new PlanTemplate
        {
            Id = PlanTemplateId.New(),
            Key = key,
            Name = name,
            ServiceId = from.ServiceId,
            Outline = PlanOutline.Of(from.Plan),
            MadeFrom = from.Number,
            MadeBy = by,
            MadeAt = at,
        };
    }

    public Result End(Actor by, DateTimeOffset at)
    {
        if (EndedAt is not null) return PlanTemplateErrors.Ended(Key);

        (EndedBy, EndedAt) = (by, at);
        return Result.Success;
    }
}
