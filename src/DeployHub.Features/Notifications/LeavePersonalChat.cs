using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>Forgets the address of one's own chat: nothing more is sent there, nor what was on its way.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record LeavePersonalChat : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<LeavePersonalChat>;

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<LeavePersonalChat, Result>
    {
        public async ValueTask<Result> Handle(LeavePersonalChat command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (await db.ChatOfAsync(person, cancellationToken) is not { } chat) return NotificationErrors.NoChat;

            db.PersonalChats.Remove(chat);
            return Result.Success;
        }
    }
}
