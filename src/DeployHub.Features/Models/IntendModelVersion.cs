using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Says anew why an open version is made and how its success will show.</summary>
[Requires(Permission.EditModels)]
public sealed record IntendModelVersion(string Slug, int Number, ModelIntent Intent) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<IntendModelVersion>
    {
        public Validator() => RuleFor(command => command.Intent).NotNull().SetValidator(new ModelIntentValidator());
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<IntendModelVersion, Result>
    {
        public async ValueTask<Result> Handle(IntendModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.Intend(command.Intent, caller.Actor, clock.GetUtcNow());
        }
    }
}
