namespace DeployHub.Domain.Inventory;

public readonly record struct VariableId(Guid Value) : IId<VariableId>
{
    public static VariableId New() => new(Guid.CreateVersion7());

    public static VariableId From(Guid value) => new(value);
}
