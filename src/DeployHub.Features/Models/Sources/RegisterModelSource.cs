using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Sources;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Sources;

/// <summary>Takes models from a folder of a Git repository from now on: on a schedule, and when a push says that something changed. Answers its key.</summary>
/// <param name="Settings">A source that publishes at once needs the right to publish models, too.</param>
[Requires(Permission.ManageModelSources)]
public sealed record RegisterModelSource(string Key, SourceSettings Settings) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterModelSource>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Settings).NotNull().SetValidator(new SourceSettingsRules());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<RegisterModelSource, Result<string>>
    {
        public ValueTask<Result<string>> Handle(RegisterModelSource command, CancellationToken cancellationToken)
        {
            if (caller.RefusalToPublish(command.Settings.Use) is { } refusal) return ValueTask.FromResult<Result<string>>(refusal);

            var (at, settings) = (clock.GetUtcNow(), command.Settings with { Pool = Pools.Named(command.Settings.Pool) });
            var source = db.ModelSources.Add(ModelSource.Register(command.Key, settings, caller.Actor, at)).Entity;
            db.SourceSyncs.Add(SourceSync.Of(source.Id, at));
            db.RingAfterCommit(doorbell, source);
            return ValueTask.FromResult<Result<string>>(source.Key);
        }
    }
}
