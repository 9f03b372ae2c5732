using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory;
using FluentValidation;

namespace DeployHub.Features.Inventory;

/// <summary>How a target may be reached; one rule set for each kind of connection.</summary>
internal static partial class ConnectionRules
{
    public static IRuleBuilderOptions<T, Connection> IsConnection<T>(this IRuleBuilder<T, Connection> rule) =>
        rule.NotNull().WithMessage("Say how the target is reached: local, ssh or manual.").SetInheritanceValidator(kinds =>
        {
            kinds.Add(new Local());
            kinds.Add(new Ssh());
            kinds.Add(new Manual());
        });

    private sealed class Local : AbstractValidator<LocalConnection>
    {
        public Local() => RuleFor(connection => connection.Directory).IsAbsoluteDirectory();
    }

    private sealed class Ssh : AbstractValidator<SshConnection>
    {
        public Ssh()
        {
            RuleFor(connection => connection.Host)
                .Must(host => host is { Length: <= 253 } && Uri.CheckHostName(host) is not UriHostNameType.Unknown && host[0] != '-')
                .WithMessage("Write a host name or an IP address, without user, port or protocol.");
            RuleFor(connection => connection.Port).InclusiveBetween(1, 65535).WithMessage("A port is a number from 1 to 65535; SSH usually listens on 22.");
            RuleFor(connection => connection.User).Must(user => user is not null && User().IsMatch(user))
                .WithMessage("Write the account's name: up to 64 letters, digits, dots, hyphens, underscores, @ or backslashes.");
            RuleFor(connection => connection.HostKey).Must(key => key is not null && HostKey().IsMatch(key))
                .WithMessage("Write the host key's fingerprint as ssh-keygen -lf prints it: SHA256: and 43 characters of base64.");
            RuleFor(connection => connection.Credential).Must(Domain.SecretName.IsValid).WithMessage(Domain.SecretName.Rule);
            RuleFor(connection => connection.Directory).IsAbsoluteDirectory();
        }
    }

    private sealed class Manual : AbstractValidator<ManualConnection>
    {
        public Manual() => RuleFor(connection => connection.Instructions).NotNull().MaximumLength(4000)
            .Must(text => text is null || !Domain.SecretName.LooksLikeValue(text)).WithMessage("A private key does not belong here.");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.@\\-]{0,63}\z")]
    private static partial Regex User();

    [GeneratedRegex(@"^SHA256:[A-Za-z0-9+/]{43}\z")]
    private static partial Regex HostKey();
}
