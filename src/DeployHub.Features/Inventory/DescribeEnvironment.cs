using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Corrects what an environment is called, who owns it, whether it is live and where it stands in the matrix. Its key and tier stay.</summary>
/// <param name="Owner">E-mail address or name of a person with an account; what is kept already may stay.</param>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.RegisterEnvironments)]
public sealed record DescribeEnvironment(string Key, string Name, string Owner, bool IsLive, int Order, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeEnvironment>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Owner).IsName();
            RuleFor(command => command.Order).InclusiveBetween(0, 1000).WithMessage("Use a number from 0 to 1000.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<DescribeEnvironment, Result>
    {
        public async ValueTask<Result> Handle(DescribeEnvironment command, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.SingleOrDefaultAsync(environment => environment.Key == command.Key, cancellationToken);
            if (environment is null) return Error.NotFound("environment", command.Key);
            if (caller.RefusalAround(Permission.RegisterEnvironments, environment: environment.Key) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(environment, command.Seen) is { } refusal) return refusal;

            var owner = await db.FindOwnerAsync(command.Owner, environment.Owner, caller, cancellationToken);
            if (owner.Error is { } unknown) return unknown;

            environment.Describe(command.Name, command.IsLive, command.Order, owner.Value);
            return Result.Success;
        }
    }
}
