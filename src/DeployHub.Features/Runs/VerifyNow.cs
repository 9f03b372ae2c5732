using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.DueWork;
using DeployHub.Features.Models;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>
/// Does the checks of a deployment now, outside of any run, and changes nothing. Workers look; what they find fills the verification while it is
/// under way. An earlier one that is not over is given up. Answers its name.
/// </summary>
/// <param name="Stages">Whose checks: <c>VerifyComponents</c>, <c>VerifyEnvironment</c>, <c>VerifyDeployment</c>. Left out: the first two, or the last once the deployment is completed.</param>
[Requires(Permission.VerifyNow)]
public sealed record VerifyNow(string Number, IReadOnlyList<Stage>? Stages = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<VerifyNow>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<VerifyNow, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(VerifyNow command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.VerifyNow, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var facts = await db.GateFactsAsync(deployment, at, cancellationToken);
            var mayStart = StartGates.Model(deployment, facts.Model, at).IsOpen;
            if (!mayStart && deployment.Plan.Rehearsal is not null) return DryVerificationErrors.ModelMayNotStart(deployment); // its text may say nothing by now

            var expansion = await db.ExpansionOfAsync(deployment, cancellationToken);
            if (expansion.Expand() is { Error: { } cannot }) return cannot;

            var last = await MakeRoomAsync(deployment.Id, at, cancellationToken);
            var isLive = await db.Environments.Where(known => known.Id == deployment.EnvironmentId).Select(known => known.IsLive).SingleAsync(cancellationToken);
            var asked = DryVerification.Ask(deployment, isLive, mayStart, last + 1, command.Stages, expansion, NCalcConditions.Instance, caller.Actor, at);
            if (asked.Error is { } no) return no;

            db.DryVerifications.Add(asked.Value);
            foreach (var pool in asked.Value.Looks.Where(look => !look.IsOver).Select(look => look.Pool ?? Pools.Default).Distinct()) db.AfterCommit.Add(() => doorbell.Ring(pool));
            return asked.Value.Name;
        }

        /// <summary>Gives up what is under way and drops the oldest. Answers the number of the last.</summary>
        private async Task<int> MakeRoomAsync(DeploymentId deployment, DateTimeOffset at, CancellationToken cancellationToken)
        {
            await db.Database.ExecuteSqlAsync($"select 1 from deployments where id = {deployment.Value} for no key update", cancellationToken); // of two who ask at once the second waits
            var known = await db.DryVerifications.Where(verification => verification.DeploymentId == deployment).OrderByDescending(verification => verification.Number).ToListAsync(cancellationToken);
            var underWay = await db.DryLooks.FromSql($"select l.*, l.xmin from dry_looks l join dry_verifications v on v.id = l.verification_id where v.deployment_id = {deployment.Value} and l.due_at is not null for update of l").ToListAsync(cancellationToken);
            foreach (var verification in known.Where(verification => underWay.Exists(look => look.VerificationId == verification.Id))) verification.GiveUp(at);
            db.DryVerifications.RemoveRange(known.Skip(DryVerification.Kept - 1));
            return known.Count == 0 ? 0 : known[0].Number;
        }
    }
}
