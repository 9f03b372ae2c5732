using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Comments;

/// <summary>Writes about a deployment, a halt or a review. Whoever is named with <c>@</c> is told; so is who planned the deployment, and who watches it.</summary>
/// <param name="Key">Number of the deployment or review; for a halt its run's name and its own number, such as <c>DEP-2026-000123/R1/H2</c>.</param>
[Requires(Permission.ViewDeployments)]
public sealed record WriteComment(CommentSubject Subject, string Key, string Text) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<WriteComment>
    {
        public Validator()
        {
            RuleFor(command => command.Subject).IsInEnum();
            RuleFor(command => command.Key).NotEmpty().WithMessage("Say what the comment is about.").MaximumLength(60);
            RuleFor(command => command.Text).NotEmpty().WithMessage("Write something.").MaximumLength(Comment.Longest).WithMessage($"Use at most {Comment.Longest} characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<WriteComment, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(WriteComment command, CancellationToken cancellationToken)
        {
            var about = await db.SubjectAsync(command.Subject, command.Key, cancellationToken);
            if (about.Error is { } unknown) return unknown;

            var mentioned = await db.MentionedAsync(command.Text, cancellationToken);
            if (mentioned.Error is { } ambiguous) return ambiguous;

            var comment = Comment.Write(command.Subject, command.Key, about.Value, command.Text.Trim(), mentioned.Value, caller.Actor, clock.GetUtcNow());
            db.Comments.Add(comment);
            return comment.Id.Value.ToString();
        }
    }
}
