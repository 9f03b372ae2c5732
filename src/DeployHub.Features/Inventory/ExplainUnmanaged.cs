using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>
/// Says how a version came there that no run was known to have brought: by the run that did it, or by a change outside of DeployHub once what
/// is there is a registered version, or gone again.
/// </summary>
/// <param name="Reason">What happened, and why it went past DeployHub.</param>
/// <param name="Change">Where the change is recorded: an address or a number, such as <c>INC-70</c>. Needed unless a run is named.</param>
/// <param name="Run">The run that did it, such as <c>DEP-2026-000123/R1</c>.</param>
[Requires(Permission.HandleDrift)]
public sealed record ExplainUnmanaged(string Number, string Reason, string? Change = null, string? Run = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ExplainUnmanaged>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.Change).MaximumLength(500).WithMessage("Use at most 500 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ExplainUnmanaged, Result>
    {
        public async ValueTask<Result> Handle(ExplainUnmanaged command, CancellationToken cancellationToken)
        {
            if (await db.UnmanagedDeployments.SingleOrDefaultAsync(known => known.Number == command.Number, cancellationToken) is not { } record) return Error.NotFound("unmanaged-deployment", command.Number);
            var environment = await db.Environments.Where(known => known.Id == record.EnvironmentId).Select(known => known.Key).SingleAsync(cancellationToken);
            if (caller.RefusalAround(Permission.HandleDrift, environment: environment) is { } outOfReach) return outOfReach;

            var component = await db.Components.Where(known => known.Id == record.ComponentId).Select(known => known.Key).SingleAsync(cancellationToken);
            return string.IsNullOrWhiteSpace(command.Run)
                ? await ByChangeAsync(record, component, command, cancellationToken)
                : await ByRunAsync(record, component, command.Run.Trim(), command.Reason, cancellationToken);
        }

        private async Task<Result> ByChangeAsync(UnmanagedDeployment record, string component, ExplainUnmanaged command, CancellationToken cancellationToken)
        {
            var isRegistered = record.Observed == WatchedFact.Absent || await db.ComponentVersions.AnyAsync(version => version.ComponentId == record.ComponentId && version.Label == record.Observed, cancellationToken);
            var isGone = !await db.DriftItems.OnlyOpen().AnyAsync(item => item.UnmanagedId == record.Id, cancellationToken);
            return record.ExplainByChange(command.Reason, command.Change?.Trim(), isRegistered, isGone, component, caller.Actor, clock.GetUtcNow());
        }

        private async Task<Result> ByRunAsync(UnmanagedDeployment record, string component, string name, string reason, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(run => run.Name == name && run.EnvironmentId == record.EnvironmentId, cancellationToken);
            return run is not null && await BroughtItAsync(run, record, cancellationToken)
                ? record.ExplainByRun(name, reason, caller.Actor, clock.GetUtcNow())
                : UnmanagedErrors.RunDidOtherwise(name, component, record.Observed);
        }

        /// <summary>On every target of the record it was this run that touched the component last before it was seen, and what was seen is what it left.</summary>
        private async Task<bool> BroughtItAsync(Run named, UnmanagedDeployment record, CancellationToken cancellationToken)
        {
            var targets = await db.DriftItems.Where(item => item.UnmanagedId == record.Id).Select(item => (TargetId?)item.TargetId).Distinct().ToListAsync(cancellationToken);
            var executed = await db.TargetRuns.AsNoTracking()
                .Where(targetRun => targetRun.Stage == Stage.Execute && targets.Contains(targetRun.TargetId) && targetRun.BeganAt >= named.StartedAt && targetRun.BeganAt < record.SeenAt).ToListAsync(cancellationToken);
            var ids = executed.Select(targetRun => targetRun.RunId).Distinct().ToList();
            var parts = executed.ToLookup(targetRun => targetRun.RunId);
            var runs = (await db.Runs.AsNoTracking().Where(run => ids.Contains(run.Id)).ToListAsync(cancellationToken)).ConvertAll(run => run.With(parts[run.Id]));

            return targets.Count > 0 && targets.TrueForAll(target =>
                runs.Select(run => (run.Id, Left: run.BroughtTo(target!.Value, record.ComponentId))).Where(run => run.Left is not null).OrderBy(run => run.Left!.Since).LastOrDefault() is { Left: { } left } last
                && last.Id == named.Id && left.Label == record.Observed);
        }
    }
}
