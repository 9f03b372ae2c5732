namespace DeployHub.Domain.Models.Reviewing;

public readonly record struct ReviewId(Guid Value) : IId<ReviewId>
{
    public static ReviewId New() => new(Guid.CreateVersion7());

    public static ReviewId From(Guid value) => new(value);
}
