namespace DeployHub.Domain.Models;

public readonly record struct ModelId(Guid Value) : IId<ModelId>
{
    public static ModelId New() => new(Guid.CreateVersion7());

    public static ModelId From(Guid value) => new(value);
}
