using DeployHub.Domain.Access;

namespace DeployHub.Domain.Comments;

/// <summary>Every way comments and watching say no.</summary>
public static class CommentErrors
{
    public static readonly Error Withdrawn = new(ErrorKind.Conflict, "comment.withdrawn", "This comment is withdrawn already.");

    public static Error OfOthers(Actor author) =>
        new(ErrorKind.Forbidden, "comment.of-others", $"{author.Name} wrote this comment, and a comment is withdrawn by its author only. Answer it instead.") { WhoCould = author.Name };

    public static Error SeveralCalled(string name, IReadOnlyList<string> emails) => Error.Invalid(
        "comment.mention-ambiguous", "Text", $"@{name} could be {Words.List(emails)}: write the whole address, such as @{emails[0]}.");

    public static Error TooManyMentions(int most) => Error.Invalid("comment.too-many-mentions", "Text", $"A comment may name at most {most} people. Name fewer, or let them watch the deployment.");
}
