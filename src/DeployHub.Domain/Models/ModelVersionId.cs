namespace DeployHub.Domain.Models;

public readonly record struct ModelVersionId(Guid Value) : IId<ModelVersionId>
{
    public static ModelVersionId New() => new(Guid.CreateVersion7());

    public static ModelVersionId From(Guid value) => new(value);
}
