using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Names who sees and decides in one's place while one is away, by their own qualification. Answers the cover's id.</summary>
/// <param name="Deputy">The e-mail address of the deputy.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="Until">The last day, UTC.</param>
[Requires(Permission.ApprovePlans)]
public sealed record NameDeputy(string Deputy, DateOnly From, DateOnly Until) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<NameDeputy>
    {
        public Validator()
        {
            RuleFor(command => command.Deputy).NotEmpty().WithMessage("Say who decides in your place.").MaximumLength(256);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<NameDeputy, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(NameDeputy command, CancellationToken cancellationToken)
        {
            if (caller.Actor.Kind is not ActorKind.Person) return DeploymentErrors.MachinesNeverApprove;
            var deputy = (await db.ApproversAsync(cancellationToken)).FirstOrDefault(known => known.Email.Equals(command.Deputy.Trim(), StringComparison.OrdinalIgnoreCase));
            if (deputy is null) return Error.Invalid("approval-cover.deputy-unknown", nameof(Deputy), $"Nobody with the address “{command.Deputy}” has an open account and may approve.");

            var named = ApprovalCover.Name(caller.Actor, deputy.Person, command.From, command.Until, clock.GetUtcNow());
            if (named.Error is { } refusal) return refusal;

            db.ApprovalCovers.Add(named.Value);
            return named.Value.Id.Value.ToString();
        }
    }
}
