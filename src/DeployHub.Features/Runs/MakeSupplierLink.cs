using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Lets an external technician answer chosen manual steps of a run by a link. Answers its token, which is shown this once.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Name">Who it is for; what they do is recorded under this name.</param>
/// <param name="Organisation">Whom they work for.</param>
/// <param name="Steps">What the link opens.</param>
/// <param name="ExpiresAt">At most seven days ahead; left out, the end of the deployment's slot, or 24 hours without one.</param>
[Requires(Permission.PerformManualSteps)]
public sealed record MakeSupplierLink(string Run, string Name, string Organisation, IReadOnlyList<LinkedStep> Steps, DateTimeOffset? ExpiresAt = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<MakeSupplierLink>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Organisation).IsName();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<MakeSupplierLink, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(MakeSupplierLink command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PerformManualSteps, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (run, at, token) = (locked.Value, clock.GetUtcNow(), Secret.New(SupplierLink.TokenPrefix));
            var expiresAt = command.ExpiresAt?.ToUniversalTime() ?? await UsualEndAsync(run, at, cancellationToken);
            var made = SupplierLink.Make(run, command.Name.Trim(), command.Organisation.Trim(), command.Steps, token, expiresAt, caller.Actor, at);
            if (made.Error is { } refusal) return refusal;

            db.SupplierLinks.Add(made.Value);
            return token;
        }

        private async Task<DateTimeOffset> UsualEndAsync(Run run, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var deployment = await db.Deployments.AsNoTracking().SingleAsync(known => known.Id == run.DeploymentId, cancellationToken);
            return deployment.Slot is { } slot && slot.End > at && slot.End <= at + SupplierLink.LongestLife ? slot.End : at + SupplierLink.UsualLife;
        }
    }
}
