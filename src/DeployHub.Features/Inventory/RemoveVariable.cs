using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Takes a variable away from a service. Plans that are made already keep what they resolved; new ones with a model that reads it are refused.</summary>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.RegisterServices)]
public sealed record RemoveVariable(string Service, string Name, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RemoveVariable>
    {
        public Validator() => RuleFor(command => command.Name).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<RemoveVariable, Result>
    {
        public async ValueTask<Result> Handle(RemoveVariable command, CancellationToken cancellationToken)
        {
            var variable = await db.Variables.SingleOrDefaultAsync(
                known => known.Name == command.Name && db.Services.Any(service => service.Id == known.ServiceId && service.Key == command.Service), cancellationToken);
            if (variable is null) return Error.NotFound("variable", $"{command.Service}/{command.Name}");
            if (caller.RefusalAround(Permission.RegisterServices, service: command.Service) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(variable, command.Seen) is { } refusal) return refusal;

            db.Variables.Remove(variable);
            return Result.Success;
        }
    }
}
