using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Gives a role to a person; DM, AP and AU wait for a second administrator (SOD-8).</summary>
/// <param name="BreaksGlass">Only for practitioners and managers: named to start an emergency before it is approved.</param>
[Requires(Permission.ManageAccess)]
public sealed record GrantRole(string Email, Role Role, ApproverQuality? Quality = null, string? Service = null, string? Environment = null, bool BreaksGlass = false) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<GrantRole>
    {
        public Validator()
        {
            RuleFor(command => command.Role).IsInEnum();
            RuleFor(command => command.Quality).IsInEnum();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<GrantRole, Result>
    {
        public async ValueTask<Result> Handle(GrantRole command, CancellationToken cancellationToken)
        {
            var person = await db.FindPersonAsync(command.Email, cancellationToken);
            if (person is null) return Error.NotFound("person", command.Email);
            if (command.Service is { Length: > 0 } service && !await db.Services.AnyAsync(known => known.Key == service, cancellationToken))
                return Error.Invalid("access.service-unknown", "Service", $"There is no service “{service}”.");
            if (command.Environment is { Length: > 0 } environment && !await db.Environments.AnyAsync(known => known.Key == environment, cancellationToken))
                return Error.Invalid("access.environment-unknown", "Environment", $"There is no environment “{environment}”.");

            var role = new RoleGrant(command.Role, command.Quality, NullIfEmpty(command.Service), NullIfEmpty(command.Environment), command.BreaksGlass);
            var given = Grant.Give(person.Id.ToString(), role, caller.Actor, clock.GetUtcNow());
            if (given.Error is { } refusal) return refusal;

            db.Grants.Add(given.Value);
            return Result.Success;
        }

        private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
