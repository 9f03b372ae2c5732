namespace DeployHub.Domain.Models.Sources;

public readonly record struct ModelSourceId(Guid Value) : IId<ModelSourceId>
{
    public static ModelSourceId New() => new(Guid.CreateVersion7());

    public static ModelSourceId From(Guid value) => new(value);
}
