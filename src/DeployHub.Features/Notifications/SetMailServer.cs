using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>Says by which mail server mails go, and whether they do. What waits goes by the new one, and every mailbox is tried again.</summary>
/// <param name="User">Left out where the server asks for no sign-in.</param>
/// <param name="Secret">Name of the secret that is the password, never its value; each worker has to know it.</param>
/// <param name="Sender">The address that mails come from.</param>
[Requires(Permission.ManageSettings)]
public sealed record SetMailServer(
    string Host, int Port, string Sender, MailTls Tls = MailTls.StartTls, string? User = null, string? Secret = null, string SenderName = "DeployHub", bool IsOn = true) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SetMailServer>
    {
        public Validator()
        {
            RuleFor(command => command.Host).Must(host => host is { Length: <= 255 } && Uri.CheckHostName(host.Trim()) is not UriHostNameType.Unknown)
                .WithMessage("Write the name of a server such as smtp.example.com, without address and port.");
            RuleFor(command => command.Port).InclusiveBetween(1, 65535).WithMessage("Write a port from 1 to 65535, such as 587.");
            RuleFor(command => command.Tls).IsInEnum().Must((command, tls) => MailSettings.KeepsPassword(command.Host?.Trim() ?? "", tls, command.User))
                .WithMessage("Without encryption the password could be read on its way. Choose STARTTLS or TLS, or leave the user empty; only this machine may do without.");
            RuleFor(command => command.Sender).Must(MailSettings.IsMailbox).WithMessage("Write an address such as deployhub@example.com.");
            RuleFor(command => command.SenderName).IsName();
            RuleFor(command => command.User).MaximumLength(200).WithMessage("Use at most 200 characters.");
            RuleFor(command => command.Secret!).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("Name the secret that is the password of this user.").IsSecretName()
                .When(command => !string.IsNullOrEmpty(command.Secret) || !string.IsNullOrWhiteSpace(command.User));
        }
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<SetMailServer, Result>
    {
        public async ValueTask<Result> Handle(SetMailServer command, CancellationToken cancellationToken)
        {
            var (host, sender, name) = (command.Host.Trim(), command.Sender.Trim(), command.SenderName.Trim());
            var (user, secret) = (NullIfEmpty(command.User), NullIfEmpty(command.Secret));
            if (await db.MailSettings.SingleOrDefaultAsync(cancellationToken) is { } stored) stored.Change(host, command.Port, command.Tls, user, secret, sender, name, command.IsOn);
            else db.MailSettings.Add(MailSettings.Of(host, command.Port, command.Tls, user, secret, sender, name, command.IsOn));

            await db.NotificationChoices.Where(choices => choices.RefusedAt != null) // what another server said of a mailbox, this one may see otherwise
                .ExecuteUpdateAsync(
                    set => set.SetProperty(choices => choices.RefusedAt, (DateTimeOffset?)null).SetProperty(choices => choices.RefusedBecause, (string?)null), cancellationToken);
            return Result.Success;
        }

        private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
