using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Sets a rule about who must have signed what is deployed, and how it must have been built, whatever a model asks for. Answers its key.</summary>
/// <param name="Version">Its first version.</param>
[Requires(Permission.ManageSettings)]
public sealed record RegisterTrustPolicy(string Key, string Name, TrustPolicyInput Version) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterTrustPolicy>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Version).SetValidator(new TrustPolicyInputValidator());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterTrustPolicy, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RegisterTrustPolicy command, CancellationToken cancellationToken)
        {
            if (await db.ObjectionToAsync(command.Version, cancellationToken) is { } objection) return objection;

            var version = command.Version;
            var policy = TrustPolicy.Register(command.Key, command.Name, version.AppliesTo, version.Demands, version.ValidUntil.ToUniversalTime(), version.Reason, caller.Actor, clock.GetUtcNow());
            if (policy.Error is { } refusal) return refusal;

            db.TrustPolicies.Add(policy.Value);
            return command.Key;
        }
    }
}
