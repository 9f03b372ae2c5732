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

/// <summary>
/// Chooses, for oneself, about what one gets mails and when. In the product one is told of everything. Quiet hours hold for all but emergencies, a live run of
/// one's own that halts, and a start without the usual approvals.
/// </summary>
/// <param name="Zone">IANA name of the time zone of one's clock, such as <c>Europe/Berlin</c>.</param>
[Requires(Permission.ViewDeployments)]
public sealed record ChooseNotifications(
    MailTiming Urgent = MailTiming.AtOnce, MailTiming Actionable = MailTiming.AtOnce, MailTiming Info = MailTiming.OnceADay, MailTiming Digest = MailTiming.OnceADay, TimeOnly? QuietFrom = null,
    TimeOnly? QuietUntil = null, string Zone = "Etc/UTC") : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ChooseNotifications>
    {
        public Validator()
        {
            RuleFor(command => command.Urgent).IsInEnum();
            RuleFor(command => command.Actionable).IsInEnum();
            RuleFor(command => command.Info).IsInEnum();
            RuleFor(command => command.Digest).IsInEnum();
            RuleFor(command => command.Zone).NotEmpty().WithMessage("Write a time zone such as Europe/Berlin.").MaximumLength(64).WithMessage("Use at most 64 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<ChooseNotifications, Result>
    {
        public async ValueTask<Result> Handle(ChooseNotifications command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            if (command.QuietFrom is null != command.QuietUntil is null) return NotificationErrors.QuietHoursHalf;

            var stored = await db.NotificationChoices.SingleOrDefaultAsync(known => known.Person == person, cancellationToken);
            var choices = stored ?? NotificationChoices.Of(person);
            var quiet = command is { QuietFrom: { } from, QuietUntil: { } until } ? new QuietHours(from, until) : null;
            var chosen = choices.Choose(command.Urgent, command.Actionable, command.Info, command.Digest, quiet, command.Zone.Trim());
            if (chosen.Error is null && stored is null) db.NotificationChoices.Add(choices);
            return chosen;
        }
    }
}
