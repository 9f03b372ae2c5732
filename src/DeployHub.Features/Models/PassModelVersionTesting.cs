using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Says that a version is tested: every case that it needs was rehearsed, and not only by whoever wrote it.</summary>
[Requires(Permission.PublishModels, To = "say that a model has passed its tests")]
public sealed record PassModelVersionTesting(string Slug, int Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PassModelVersionTesting>
    {
        public Validator() => RuleFor(command => command.Slug).IsKey();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PassModelVersionTesting, Result>
    {
        public async ValueTask<Result> Handle(PassModelVersionTesting command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.PassTesting(caller.Actor, clock.GetUtcNow());
        }
    }
}
