namespace DeployHub.Domain.Models.Sources;

public readonly record struct SourcePushId(Guid Value) : IId<SourcePushId>
{
    public static SourcePushId New() => new(Guid.CreateVersion7());

    public static SourcePushId From(Guid value) => new(value);
}
