using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Makes a draft again of a version in test or tested. Its rehearsals and its approval are void.</summary>
[Requires(Permission.EditModels)]
public sealed record ReopenModelVersion(string Slug, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReopenModelVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReopenModelVersion, Result>
    {
        public async ValueTask<Result> Handle(ReopenModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            return version.Value.Reopen(command.Reason, await db.RunsUnderWayAsync(version.Value.Id, cancellationToken), caller.Actor, clock.GetUtcNow());
        }
    }
}
