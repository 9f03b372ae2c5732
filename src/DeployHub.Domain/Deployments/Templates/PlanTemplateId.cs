namespace DeployHub.Domain.Deployments.Templates;

public readonly record struct PlanTemplateId(Guid Value) : IId<PlanTemplateId>
{
    public static PlanTemplateId New() => new(Guid.CreateVersion7());

    public static PlanTemplateId From(Guid value) => new(value);
}
