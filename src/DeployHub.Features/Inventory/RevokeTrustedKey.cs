using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Believes a key no more, for good: whatever it signed, also before, fails check-signature from now on.</summary>
[Requires(Permission.ManageSettings)]
public sealed record RevokeTrustedKey(string Key, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RevokeTrustedKey>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RevokeTrustedKey, Result>
    {
        public async ValueTask<Result> Handle(RevokeTrustedKey command, CancellationToken cancellationToken) =>
            await db.TrustedKeys.SingleOrDefaultAsync(key => key.Key == command.Key, cancellationToken) is { } key
                ? key.Revoke(command.Reason, caller.Actor, clock.GetUtcNow())
                : Error.NotFound("trusted-key", command.Key);
    }
}
