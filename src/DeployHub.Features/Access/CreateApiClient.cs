using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Makes a machine identity with the role CI system. Answers its token, which is shown this once.</summary>
/// <param name="Service">Key of the only service it may touch; null for all.</param>
/// <param name="Environments">Keys of the environments it may touch; empty for all.</param>
/// <param name="ExpiresAt">At most a year ahead.</param>
[Requires(Permission.ManageAccess)]
public sealed record CreateApiClient(string Name, DateTimeOffset ExpiresAt, string? Service = null, IReadOnlyList<string>? Environments = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<CreateApiClient>
    {
        public Validator() => RuleFor(command => command.Name).IsName();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CreateApiClient, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(CreateApiClient command, CancellationToken cancellationToken)
        {
            var (token, at) = (Secret.New(ApiClient.TokenPrefix), clock.GetUtcNow());
            var created = ApiClient.Create(command.Name.Trim(), token, command.ExpiresAt.ToUniversalTime(), caller.Actor, at);
            if (created.Error is { } refusal) return refusal;

            var known = await db.Environments.Select(environment => environment.Key).ToListAsync(cancellationToken);
            if (command.Environments?.FirstOrDefault(key => !known.Contains(key)) is { } stranger)
                return Error.Invalid("access.environment-unknown", "Environments", $"There is no environment “{stranger}”.");

            db.ApiClients.Add(created.Value);
            string?[] scopes = command.Environments is { Count: > 0 } environments ? [.. environments] : [null];
            foreach (var environment in scopes)
                db.Grants.Add(Grant.Give(created.Value.Id.Value.ToString(), new RoleGrant(Role.CiSystem, null, command.Service, environment), caller.Actor, at).Value);
            return token;
        }
    }
}
