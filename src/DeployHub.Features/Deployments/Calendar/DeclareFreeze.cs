using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>
/// Declares when deployment to a scope is forbidden unless an exception is granted. What is planned there already is held, not cancelled: its owner
/// moves it or asks for an exception. Answers its number.
/// </summary>
/// <param name="Exempt">Changes of these categories may start all the same.</param>
/// <param name="ApproverQuality">What an approver has to be to grant exceptions; the environment's owner unless told.</param>
/// <param name="ApproverEmail">One person who grants exceptions, instead of a quality.</param>
[Requires(Permission.DeclareFreezes)]
public sealed record DeclareFreeze(
    string Name, string Reason, ScopeInput Scope, RecurrenceInput When, IReadOnlyList<ChangeCategory>? Exempt = null, ApproverQuality? ApproverQuality = null, string? ApproverEmail = null)
    : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<DeclareFreeze>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.Scope).NotNull().WithMessage("Say where it holds.");
            RuleFor(command => command.When).NotNull().WithMessage("Say when it is.");
            RuleForEach(command => command.Exempt).IsInEnum();
            RuleFor(command => command.ApproverQuality).IsInEnum()
                .Must((command, quality) => quality is null || string.IsNullOrWhiteSpace(command.ApproverEmail)).WithMessage("Name a quality or one person, not both.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DeclareFreeze, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(DeclareFreeze command, CancellationToken cancellationToken)
        {
            var scope = await command.Scope.BindAsync(db, cancellationToken);
            if (scope.Error is { } unknown) return unknown;
            if (caller.RefusalOf(Permission.DeclareFreezes, scope.Value) is { } refusal) return refusal;

            var when = command.When.Bind();
            if (when.Error is { } objection) return objection;
            var approver = await ApproverAsync(command, scope.Value, cancellationToken);
            if (approver.Error is { } nobody) return nobody;

            var at = clock.GetUtcNow();
            var span = when.Value.Span();
            if (span.Ends <= at) return Error.Invalid("freeze.over", "When.End", "It would be over already: say an end that is still to come.");

            var freeze = Freeze.Declare(
                await db.NextNumberAsync("FRZ", at, cancellationToken), command.Name.Trim(), command.Reason.Trim(), scope.Value, when.Value, span, command.Exempt ?? [], approver.Value, caller.Actor, at);
            db.Freezes.Add(freeze);
            await db.HoldByFreezeAsync(freeze, caller.Actor, at, cancellationToken);
            return freeze.Number;
        }

        private async Task<Result<ExceptionApprover>> ApproverAsync(DeclareFreeze command, CalendarScope scope, CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(command.ApproverEmail)) return new ExceptionApprover(command.ApproverQuality ?? Domain.Access.ApproverQuality.EnvironmentOwner);

            if (await db.FindPersonAsync(command.ApproverEmail.Trim(), cancellationToken) is not { IsClosed: false } person)
                return Error.Invalid("freeze.approver-unknown", "ApproverEmail", $"Nobody with the address “{command.ApproverEmail}” has an account.");

            var holder = person.Id.ToString();
            var grants = await db.Grants.AsNoTracking().Where(grant => grant.Holder == holder && grant.ConfirmedAt != null && grant.RevokedAt == null).ToListAsync(cancellationToken);
            var roles = grants.Select(grant => grant.ToRoleGrant()).Where(grant => Reaches(grant, scope)).Select(grant => grant.Role);
            return PermissionMatrix.Allows(roles, Permission.DecideFreezeExceptions)
                ? new ExceptionApprover(Person: new Actor(holder, person.DisplayName))
                : Error.Invalid(
                    "freeze.approver-may-not-decide", "ApproverEmail",
                    $"{person.DisplayName} may not decide about exceptions there: that takes the role {Words.List(PermissionMatrix.RolesWith(Permission.DecideFreezeExceptions).Select(role => Words.Of(role)))}. Name somebody else.");
        }

        /// <summary>What is not named does not matter.</summary>
        private static bool Reaches(RoleGrant grant, CalendarScope scope) =>
            (grant.Service is null || scope.Service is null || grant.Service == scope.Service) && (grant.Environment is null || scope.Environment is null || grant.Environment == scope.Environment);
    }
}
