using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Freezes a draft, so that it can be rehearsed as it is.</summary>
[Requires(Permission.EditModels)]
public sealed record StartTestingModelVersion(string Slug, int Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<StartTestingModelVersion>
    {
        public Validator() => RuleFor(command => command.Slug).IsKey();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<StartTestingModelVersion, Result>
    {
        public async ValueTask<Result> Handle(StartTestingModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.StartTesting(caller.Actor, clock.GetUtcNow());
        }
    }
}
