using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Comments;

/// <summary>What somebody wrote about a deployment, a halt or a review. It is never edited: who wrote it may withdraw it, and that it was there stays.</summary>
public sealed class Comment
{
    public const int Longest = 4000;

    private Comment() { }

    public CommentId Id { get; private init; }

    public CommentSubject Subject { get; private init; }

    /// <summary>Which one; see <see cref="CommentSubject"/>.</summary>
    public string Key { get; private init; } = "";

    /// <summary>The deployment that it belongs to; null for a review.</summary>
    public DeploymentId? DeploymentId { get; private init; }

    /// <summary>Empty once it is withdrawn.</summary>
    public string Text { get; private set; } = "";

    public Actor Author { get; private init; } = Actor.System;

    public DateTimeOffset At { get; private init; }

    /// <summary>Whom it names, as they were called then.</summary>
    public IReadOnlyList<Actor> Mentions { get; private init; } = [];

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Where it stands.</summary>
    public string Path => PathOf(Subject, Key);

    /// <summary>The page that shows what people wrote about something.</summary>
    public static string PathOf(CommentSubject subject, string key) => subject switch
    {
        CommentSubject.Deployment => $"/deployments/{key}#comments",
        CommentSubject.Halt => $"/deployments/{key[..key.LastIndexOf('/')].Replace("/R", "/runs/", StringComparison.Ordinal)}#comments",
        _ => $"/reviews/{key}#comments",
    };

    public static Comment Write(CommentSubject subject, string key, DeploymentId? deployment, string text, IReadOnlyList<Actor> mentions, Actor by, DateTimeOffset at) => new()
    {
        Id = CommentId.New(),
        Subject = subject,
        Key = key,
        DeploymentId = deployment,
        Text = text,
        Author = by,
        At = at,
        Mentions = mentions,
    };

    /// <summary>Takes it back. Refused with <c>comment.of-others</c> and <c>comment.withdrawn</c>.</summary>
    public Result Withdraw(Actor by, DateTimeOffset at)
    {
        if (!Author.Is(by)) return CommentErrors.OfOthers(Author);
        if (WithdrawnAt is not null) return CommentErrors.Withdrawn;

        (Text, WithdrawnAt) = ("", at);
        return Result.Success;
    }
}
