using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Ends the use of a version for good. Refused while a deployment that is not over was planned with it.</summary>
[Requires(Permission.PublishModels, To = "retire models")]
public sealed record RetireModelVersion(string Slug, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RetireModelVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RetireModelVersion, Result>
    {
        public async ValueTask<Result> Handle(RetireModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            return version.Value.Retire(command.Reason, await db.OpenPlansAsync(version.Value.Id, cancellationToken), caller.Actor, clock.GetUtcNow());
        }
    }
}
