using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Ends a qualification from now on; what was done with it stays in the record.</summary>
[Requires(Permission.ManageQualifications)]
public sealed record EndQualification(Guid Qualification, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndQualification>
    {
        public Validator()
        {
            RuleFor(command => command.Qualification).NotEmpty();
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndQualification, Result>
    {
        public async ValueTask<Result> Handle(EndQualification command, CancellationToken cancellationToken)
        {
            var id = QualificationId.From(command.Qualification);
            var held = await db.Qualifications.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            return held is null ? Error.NotFound("qualification", command.Qualification.ToString()) : held.End(command.Reason.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
