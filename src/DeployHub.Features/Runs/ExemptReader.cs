using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Waits no more for a reader who is away: the task stays, and is due when they are back.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage that asks.</param>
/// <param name="Subject">The target: the readership.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Person">Their e-mail address, or the id of their account.</param>
/// <param name="Reason">Such as leave, or another role.</param>
/// <param name="Until">The first day, by UTC, on which they are back.</param>
[Requires(Permission.ExemptReaders)]
public sealed record ExemptReader(string Run, Stage Stage, string Subject, int Step, string Person, string Reason, DateOnly Until) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ExemptReader>
    {
        public Validator()
        {
            RuleFor(command => command.Stage).IsInEnum();
            RuleFor(command => command.Person).NotEmpty().WithMessage("Say who is away.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<ExemptReader, Result>
    {
        public async ValueTask<Result> Handle(ExemptReader command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.ExemptReaders, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (run, at) = (locked.Value, clock.GetUtcNow());
            var exempt = run.Exempt(command.Stage, command.Subject, command.Step, await IdOfAsync(command.Person, cancellationToken), command.Reason, command.Until, caller.Actor, at);
            if (exempt.Error is not null) return exempt;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }

        private async Task<string> IdOfAsync(string person, CancellationToken cancellationToken)
        {
            if (!person.Contains('@', StringComparison.Ordinal)) return person;
            var email = person.Trim().ToUpperInvariant();
            return (await db.Users.Where(known => known.NormalizedEmail == email).Select(known => known.Id).SingleOrDefaultAsync(cancellationToken)).ToString();
        }
    }
}
