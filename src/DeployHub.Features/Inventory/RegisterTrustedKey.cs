using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory.Signing;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Trusts a public key, or a Sigstore root and whom it vouches for: what they signed passes check-signature and check-provenance. Answers its key.</summary>
/// <param name="PublicKey">The text of a minisign .pub file, an armored OpenPGP public key, a public key in PEM, or a Sigstore trusted_root.json.</param>
/// <param name="Services">Keys of the services it may sign for; none means all.</param>
/// <param name="ValidFrom">Now unless told.</param>
/// <param name="ValidUntil">The first moment at which it is not trusted any more; no end unless told.</param>
[Requires(Permission.ManageSettings)]
public sealed record RegisterTrustedKey(
    string Key, string Name, TrustedKeyKind Kind, string PublicKey, IReadOnlyList<string>? Services = null, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidUntil = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterTrustedKey>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.PublicKey).NotEmpty().WithMessage("Paste the public key.")
                .MaximumLength(TrustedKey.LongestPublicKey).WithMessage($"Use at most {TrustedKey.LongestPublicKey} characters; export the key without photographs and foreign signatures.");
            RuleFor(command => command.PublicKey).Must(text => text is null || !SecretName.LooksLikeValue(text)).WithMessage("This is a private key. Keep it secret, and paste the public one.");
            RuleFor(command => command.Services).Must(services => services is null or { Count: <= 100 }).WithMessage("Use at most 100 services, or none for all.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterTrustedKey, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RegisterTrustedKey command, CancellationToken cancellationToken)
        {
            var services = (command.Services ?? []).Distinct().ToList();
            foreach (var service in services)
                if (!await db.Services.AnyAsync(known => known.Key == service, cancellationToken)) return InventoryErrors.Unknown("service", "Services", service);

            var now = clock.GetUtcNow();
            var fingerprint = PublicKeys.FingerprintOf(command.Kind, command.PublicKey, now);
            if (fingerprint.Error is { } unreadable) return unreadable;

            if (await db.TrustedKeys.FirstOrDefaultAsync(known => known.Kind == command.Kind && known.Fingerprint == fingerprint.Value && known.RevokedAt != null, cancellationToken) is { } revoked)
                return InventoryErrors.RevokedBefore(revoked.Key, revoked.RevocationReason!);

            var key = TrustedKey.Register(command.Key, command.Name, command.Kind, command.PublicKey, fingerprint.Value, services, command.ValidFrom?.ToUniversalTime(), command.ValidUntil?.ToUniversalTime(), caller.Actor, now);
            if (key.Error is { } refusal) return refusal;

            db.TrustedKeys.Add(key.Value);
            return command.Key;
        }
    }
}
