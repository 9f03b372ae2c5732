namespace DeployHub.Domain.Models.Improving;

public readonly record struct ImprovementId(Guid Value) : IId<ImprovementId>
{
    public static ImprovementId New() => new(Guid.CreateVersion7());

    public static ImprovementId From(Guid value) => new(value);
}
