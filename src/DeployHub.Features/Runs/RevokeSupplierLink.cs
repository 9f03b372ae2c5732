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

/// <summary>Makes a supplier's link worthless, at once.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
[Requires(Permission.PerformManualSteps)]
public sealed record RevokeSupplierLink(string Run, Guid Link) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RevokeSupplierLink>
    {
        public Validator() => RuleFor(command => command.Link).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RevokeSupplierLink, Result>
    {
        public async ValueTask<Result> Handle(RevokeSupplierLink command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PerformManualSteps, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (id, run) = (SupplierLinkId.From(command.Link), locked.Value.Id);
            var link = await db.SupplierLinks.SingleOrDefaultAsync(known => known.Id == id && known.RunId == run, cancellationToken);
            return link is null ? Error.NotFound("supplier-link", command.Link.ToString()) : link.Revoke(clock.GetUtcNow());
        }
    }
}
