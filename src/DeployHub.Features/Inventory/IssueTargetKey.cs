using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Makes a key with which one target fetches its versions and reports, and may do nothing else. Answers it; it is shown this once.</summary>
/// <param name="Environment">The environment's key.</param>
/// <param name="Name">The target's name.</param>
/// <param name="ExpiresAt">At most a year ahead.</param>
[Requires(Permission.ManageAccess)]
public sealed record IssueTargetKey(string Environment, string Name, DateTimeOffset ExpiresAt) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<IssueTargetKey>
    {
        public Validator() => RuleFor(command => command.Name).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<IssueTargetKey, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(IssueTargetKey command, CancellationToken cancellationToken)
        {
            var target = await db.TargetAsync(command.Environment, command.Name, cancellationToken);
            if (target is null) return Error.NotFound("target", $"{command.Environment}/{command.Name}");
            if (target.RetiredAt is not null) return InventoryErrors.TargetRetired(target.Name);

            var token = Secret.New(ApiClient.TokenPrefix);
            var created = ApiClient.Create($"Target {command.Environment}/{target.Name}", token, command.ExpiresAt.ToUniversalTime(), caller.Actor, clock.GetUtcNow(), target.Id);
            if (created.Error is { } refusal) return refusal;

            db.ApiClients.Add(created.Value);
            return token;
        }
    }
}
