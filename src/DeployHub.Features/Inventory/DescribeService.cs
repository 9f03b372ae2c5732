using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Corrects what a service is called and who owns it. Its key stays.</summary>
/// <param name="Owner">E-mail address or name of a person with an account; what is kept already may stay.</param>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.RegisterServices)]
public sealed record DescribeService(string Key, string Name, string Owner, string? Description = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeService>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Owner).IsName();
            RuleFor(command => command.Description).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<DescribeService, Result>
    {
        public async ValueTask<Result> Handle(DescribeService command, CancellationToken cancellationToken)
        {
            var service = await db.Services.SingleOrDefaultAsync(service => service.Key == command.Key, cancellationToken);
            if (service is null) return Error.NotFound("service", command.Key);
            if (caller.RefusalAround(Permission.RegisterServices, service: service.Key) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(service, command.Seen) is { } refusal) return refusal;

            var owner = await db.FindOwnerAsync(command.Owner, service.Owner, caller, cancellationToken);
            if (owner.Error is { } unknown) return unknown;

            service.Describe(command.Name, command.Description ?? "", owner.Value);
            return Result.Success;
        }
    }
}
