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

    private sealed class Ssh : SshHost<SshConnection>
    {
        public Ssh()
        {
            RuleFor(connection => connection.Directory).IsAbsoluteDirectory();
            RuleFor(connection => connection.Jump!).SetValidator(new SshHost<SshJumpHost>()).When(connection => connection.Jump is not null);
            RuleFor(connection => connection.Jump!.Host)
                .Must((connection, host) => !string.Equals(host, connection.Host, StringComparison.OrdinalIgnoreCase) || connection.Jump!.Port != connection.Port)
                .When(connection => connection.Jump is not null)
                .WithMessage("No host is its own jump host: name the one that stands before it, or leave the jump host empty.");
        }
    }

    /// <summary>A target and the jump host before it are signed in to alike.</summary>
    private class SshHost<T> : AbstractValidator<T> where T : ISshHost
    {
        public SshHost()
        {
            RuleFor(host => host.Host)
                .Must(host => host is { Length: > 0 and <= 253 } && Uri.CheckHostName(host) is not UriHostNameType.Unknown && host[0] != '-')
                .WithMessage("Write a host name or an IP address, without user, port or protocol.");
            RuleFor(host => host.Port).InclusiveBetween(1, 65535).WithMessage("A port is a number from 1 to 65535; SSH usually listens on 22.");
            RuleFor(host => host.User).Must(user => user is not null && User().IsMatch(user))
                .WithMessage("Write the account's name: up to 64 letters, digits, dots, hyphens, underscores, @ or backslashes.");
            RuleFor(host => host.HostKey).Must(key => key is not null && HostKey().IsMatch(key))
                .WithMessage("Write the host key's fingerprint as ssh-keygen -lf prints it: SHA256: and 43 characters of base64.");
            RuleFor(host => host.SignIn).IsInEnum().WithMessage("The worker signs in with a Secret or with its Agent.");
            When(host => host.SignIn is SshSignIn.Agent, () =>
            {
                RuleFor(host => host.Credential).Empty().WithMessage("The worker's SSH agent signs in with its own keys: leave the secret empty, or choose to sign in with a secret.");
                RuleFor(host => host.Passphrase).Null().WithMessage("The worker's SSH agent opens its own keys: leave the passphrase empty.");
                RuleFor(host => host.Certificate).Null().WithMessage("The worker's SSH agent brings its own certificates: leave the certificate empty.");
            }).Otherwise(() =>
            {
                RuleFor(host => host.Credential).Must(Domain.SecretName.IsValid).WithMessage(Domain.SecretName.Rule);
                RuleFor(host => host.Passphrase).Must(Domain.SecretName.IsValid).When(host => host.Passphrase is not null).WithMessage(Domain.SecretName.Rule);
                RuleFor(host => host.Certificate).Must(Domain.SecretName.IsValid).When(host => host.Certificate is not null).WithMessage(Domain.SecretName.Rule);
            });
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
