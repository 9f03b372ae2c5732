using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Features.Notifications;

/// <summary>
/// Names, for oneself, a chat in Slack or Teams that is told beside one's mailbox, and about what. A test message is sent to a new address; until it
/// arrives nothing else is. Quiet hours and the time of the daily message are those of one's mails.
/// </summary>
/// <param name="Address">What the chat gives for an incoming webhook. It is kept encrypted and shown to nobody. Empty keeps the one that is there.</param>
[Requires(Permission.ViewDeployments)]
public sealed record ChoosePersonalChat(
    WebhookKind Kind, string? Address = null, MailTiming Urgent = MailTiming.AtOnce, MailTiming Actionable = MailTiming.AtOnce, MailTiming Info = MailTiming.Never,
    MailTiming Digest = MailTiming.Never) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ChoosePersonalChat>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).Must(kind => kind is WebhookKind.Slack or WebhookKind.Teams).WithMessage("Choose Slack or Teams.");
            RuleFor(command => command.Address).MaximumLength(ChatAddress.Longest).WithMessage($"Use at most {ChatAddress.Longest} characters.");
            RuleFor(command => command.Urgent).IsInEnum();
            RuleFor(command => command.Actionable).IsInEnum();
            RuleFor(command => command.Info).IsInEnum();
            RuleFor(command => command.Digest).IsInEnum();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, ISealsSecrets seals, IConfiguration configuration, TimeProvider clock) : ICommandHandler<ChoosePersonalChat, Result>
    {
        public async ValueTask<Result> Handle(ChoosePersonalChat command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;

            var (stored, at) = (await db.ChatOfAsync(person, cancellationToken), clock.GetUtcNow());
            if (command.Address?.Trim() is not { Length: > 0 } address)
            {
                if (stored is null || stored.Kind != command.Kind) return NotificationErrors.NoChatAddress; // another kind has another address
                stored.Choose(command.Urgent, command.Actionable, command.Info, command.Digest);
                return Result.Success;
            }

            if (ChatAddress.Objection(command.Kind, address, PersonalChats.OwnHosts(configuration)) is { } objection) return objection;

            var chat = stored ?? db.PersonalChats.Add(PersonalChat.Of(person, command.Kind, seals.Seal(address), at)).Entity;
            if (stored is not null) chat.LeadTo(command.Kind, seals.Seal(address), at);
            chat.Choose(command.Urgent, command.Actionable, command.Info, command.Digest);
            db.Deliveries.Add(PersonalChats.TestOf(chat, caller.Actor.Name, at));
            return Result.Success;
        }
    }
}
