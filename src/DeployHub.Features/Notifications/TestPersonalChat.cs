using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Notifications;

/// <summary>Sends a message to one's own chat, by the same way as all others. Once it arrives, the chat is told what one chose.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record TestPersonalChat : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<TestPersonalChat>;

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<TestPersonalChat, Result>
    {
        public async ValueTask<Result> Handle(TestPersonalChat command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (await db.ChatOfAsync(person, cancellationToken) is not { } chat) return NotificationErrors.NoChat;

            chat.TryAnew();
            db.Deliveries.Add(PersonalChats.TestOf(chat, caller.Actor.Name, clock.GetUtcNow()));
            return Result.Success;
        }
    }
}
