using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Communicating;

/// <summary>Says, for oneself, that one knows of a published version and of what changes with it. No program says it for anybody.</summary>
[Requires(Permission.AcknowledgeVersions)]
public sealed record AcknowledgePublication(string Slug, int Number) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AcknowledgePublication>
    {
        public Validator() => RuleFor(command => command.Slug).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AcknowledgePublication, Result>
    {
        public async ValueTask<Result> Handle(AcknowledgePublication command, CancellationToken cancellationToken)
        {
            if (caller.PersonId() is not { } person) return NotificationErrors.OnlyPeople;
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            return await db.PublicationReaders.FindAsync([version.Value.Id, person], cancellationToken) is { } reader ? reader.Acknowledge(clock.GetUtcNow()) : CommunicationErrors.NothingAsked;
        }
    }
}
