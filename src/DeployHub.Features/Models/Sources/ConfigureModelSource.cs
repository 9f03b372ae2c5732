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

/// <summary>Says anew where a model source lies, what becomes of its documents and when workers look. They look at once.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.ManageModelSources)]
public sealed record ConfigureModelSource(string Key, SourceSettings Settings, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ConfigureModelSource>
    {
        public Validator() => RuleFor(command => command.Settings).NotNull().SetValidator(new SourceSettingsRules());
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<ConfigureModelSource, Result>
    {
        public async ValueTask<Result> Handle(ConfigureModelSource command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelSourceAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            var source = found.Value;
            if (db.ChangedSince(source, command.Seen) is { } changed) return changed;
            if (caller.RefusalToPublish(command.Settings.Use) is { } refusal) return refusal;

            source.Configure(command.Settings with { Pool = Pools.Named(command.Settings.Pool) });
            (await db.LockSyncOfAsync(source, cancellationToken)).LookAnew(clock.GetUtcNow());
            db.RingAfterCommit(doorbell, source);
            return Result.Success;
        }
    }
}
