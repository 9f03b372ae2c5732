using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Ends a trust policy for good: it binds nothing any more. By somebody else than the author of its newest version.</summary>
[Requires(Permission.ManageSettings)]
public sealed record WithdrawTrustPolicy(string Key, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<WithdrawTrustPolicy>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<WithdrawTrustPolicy, Result>
    {
        public async ValueTask<Result> Handle(WithdrawTrustPolicy command, CancellationToken cancellationToken) =>
            await db.TrustPolicies.SingleOrDefaultAsync(policy => policy.Key == command.Key, cancellationToken) is { } policy
                ? policy.Withdraw(command.Reason, caller.Actor, clock.GetUtcNow())
                : Error.NotFound("trust-policy", command.Key);
    }
}
