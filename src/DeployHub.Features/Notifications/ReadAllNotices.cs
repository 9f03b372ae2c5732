using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Says of every notice of one's own, or of those of one class, that one knows.</summary>
/// <param name="Class">The only class meant; null for all.</param>
/// <param name="UpTo">The newest number that was seen: what came since stays unread. Null for all.</param>
[Requires(Permission.ViewDeployments)]
public sealed record ReadAllNotices(NoticeClass? Class = null, long? UpTo = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReadAllNotices>
    {
        public Validator() => RuleFor(command => command.Class).IsInEnum();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReadAllNotices, Result>
    {
        public async ValueTask<Result> Handle(ReadAllNotices command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;

            var at = clock.GetUtcNow();
            await db.Notices.Where(notice => notice.Person == person && notice.ReadAt == null)
                .Where(notice => (command.Class == null || notice.Class == command.Class) && (command.UpTo == null || notice.Number <= command.UpTo))
                .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, at), cancellationToken);
            return Result.Success;
        }
    }
}
