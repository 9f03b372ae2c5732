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
/// <param name="Seen">The row version of the draft that was read; another one is refused, so that nobody freezes what they have not seen.</param>
[Requires(Permission.EditModels)]
public sealed record StartTestingModelVersion(string Slug, int Number, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<StartTestingModelVersion>
    {
        public Validator() => RuleFor(command => command.Slug).IsKey();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<StartTestingModelVersion, Result>
    {
        public async ValueTask<Result> Handle(StartTestingModelVersion command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            if (db.ChangedSince(found.Value, command.Seen) is { } changed) return changed;

            found.Value.ReadAnew((await db.ReadModelAsync(found.Value.Yaml, command.Slug, DocumentFormat.Yaml, cancellationToken)).Content);
            return found.Value.StartTesting(caller.Actor, clock.GetUtcNow());
        }
    }
}
