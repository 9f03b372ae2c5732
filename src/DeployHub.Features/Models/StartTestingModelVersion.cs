using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
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
            if (version.Error is { } unknown) return unknown;

            version.Value.ReadAnew((await db.ReadModelAsync(version.Value.Yaml, command.Slug, DocumentFormat.Yaml, cancellationToken)).Content);
            return version.Value.StartTesting(caller.Actor, clock.GetUtcNow());
        }
    }
}
