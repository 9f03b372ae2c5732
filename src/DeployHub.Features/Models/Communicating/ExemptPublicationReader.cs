using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Communicating;

/// <summary>Waits no more for somebody's acknowledgement of a published version. They may still give it.</summary>
/// <param name="Person">Their e-mail address, or the id of their account.</param>
/// <param name="Reason">Such as leave, or another role.</param>
[Requires(Permission.ExemptReaders)]
public sealed record ExemptPublicationReader(string Slug, int Number, string Person, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ExemptPublicationReader>
    {
        public Validator()
        {
            RuleFor(command => command.Person).NotEmpty().WithMessage("Say who is away.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<ExemptPublicationReader, Result>
    {
        public async ValueTask<Result> Handle(ExemptPublicationReader command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            var person = Guid.TryParse(command.Person, out var id) ? id : (await db.FindPersonAsync(command.Person, cancellationToken))?.Id ?? Guid.Empty;
            return await db.PublicationReaders.FindAsync([version.Value.Id, person], cancellationToken) is { } reader
                ? reader.Exempt(command.Reason.Trim(), caller.Actor)
                : CommunicationErrors.NoSuchReader(command.Person);
        }
    }
}
