using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>
/// Publishes the next version of a trust policy, which counts from now on: to renew it, to widen it, to demand something else. One that lets
/// pass what the version before refuses needs somebody else than that one's author. Answers the policy's key.
/// </summary>
/// <param name="Seen">The state that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.ManageSettings)]
public sealed record PublishTrustPolicyVersion(string Key, TrustPolicyInput Version, uint? Seen = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<PublishTrustPolicyVersion>
    {
        public Validator() => RuleFor(command => command.Version).SetValidator(new TrustPolicyInputValidator());
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PublishTrustPolicyVersion, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(PublishTrustPolicyVersion command, CancellationToken cancellationToken)
        {
            if (await db.TrustPolicies.SingleOrDefaultAsync(policy => policy.Key == command.Key, cancellationToken) is not { } policy) return Error.NotFound("trust-policy", command.Key);
            if (db.ChangedSince(policy, command.Seen) is { } changed) return changed;
            if (await db.ObjectionToAsync(command.Version, cancellationToken) is { } objection) return objection;

            var version = command.Version;
            var published = policy.Publish(version.AppliesTo, version.Demands, version.ValidUntil.ToUniversalTime(), version.Reason, caller.Actor, clock.GetUtcNow());
            return published.Error is { } refusal ? refusal : policy.Key;
        }
    }
}
