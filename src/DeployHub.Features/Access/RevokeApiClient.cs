using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Makes a token worthless, at once.</summary>
[Requires(Permission.ManageAccess)]
public sealed record RevokeApiClient(Guid Client) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RevokeApiClient>
    {
        public Validator() => RuleFor(command => command.Client).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<RevokeApiClient, Result>
    {
        public async ValueTask<Result> Handle(RevokeApiClient command, CancellationToken cancellationToken)
        {
            var id = ApiClientId.From(command.Client);
            var client = await db.ApiClients.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            return client is null ? Error.NotFound("api-client", command.Client.ToString()) : client.Revoke(clock.GetUtcNow());
        }
    }
}
