namespace DeployHub.Domain.Comments;

public readonly record struct CommentId(Guid Value) : IId<CommentId>
{
    public static CommentId New() => new(Guid.CreateVersion7());

    public static CommentId From(Guid value) => new(value);
}
