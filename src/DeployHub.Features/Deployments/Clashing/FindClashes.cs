using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Clashing;

/// <summary>
/// What else happens at the same time and shares a lock, targets, people or dependencies: of a deployment, in its slot or in another one, or of what is
/// only being planned. With it, as advice, when others are busy.
/// </summary>
/// <param name="Number">Of a deployment; without it the environment and the slot are needed.</param>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Versions">Each as <c>component@label</c>.</param>
/// <param name="Targets">Names; empty takes every target in service.</param>
/// <param name="SlotStart">Instead of the deployment's own slot.</param>
/// <param name="SlotEnd">Instead of the deployment's own slot.</param>
public sealed record FindClashes(
    string? Number = null, string? Environment = null, string[]? Versions = null, string[]? Targets = null, DateTimeOffset? SlotStart = null, DateTimeOffset? SlotEnd = null)
    : IQuery<Result<FindClashes.View>>
{
    /// <param name="Slot">What was looked at; null for a deployment on demand, which clashes with nothing.</param>
    /// <param name="Busy">When others are busy meanwhile, and partners have a freeze of their own.</param>
    /// <param name="LeftOut">More deployments overlap than were compared.</param>
    public sealed record View(Slot? Slot, IReadOnlyList<Clash> Clashes, IReadOnlyList<BusyAdvice> Busy, bool LeftOut)
    {
        public static readonly View Nothing = new(null, [], [], false);
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<FindClashes, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(FindClashes query, CancellationToken cancellationToken)
        {
            var slot = query is { SlotStart: { } start, SlotEnd: { } end } ? new Slot(start.ToUniversalTime(), end.ToUniversalTime()) : null;
            if (query.SlotStart is null != query.SlotEnd is null) return Error.Invalid(Error.InvalidInput, "SlotEnd", "Give both the start and the end of the slot, or neither.");
            if (slot is not null && slot.End <= slot.Start) return Error.Invalid(Error.InvalidInput, "SlotEnd", "The slot must end after it starts.");

            return query.Number is { Length: > 0 } number ? await OfDeploymentAsync(number, slot, cancellationToken) : await OfPlanAsync(query, slot, cancellationToken);
        }

        private async Task<Result<View>> OfDeploymentAsync(string number, Slot? elsewhere, CancellationToken cancellationToken)
        {
            var deployment = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == number, cancellationToken);
            if (deployment is null) return Error.NotFound("deployment", number);
            if (deployment.IsOver || (elsewhere ?? deployment.Slot) is not { } slot) return View.Nothing;

            var services = await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken);
            var mine = await db.ClashSideAsync(deployment, slot, cancellationToken);
            return await LookAsync(mine, deployment.EnvironmentId, services, deployment.AcceptedClashes, cancellationToken);
        }

        private async Task<Result<View>> OfPlanAsync(FindClashes query, Slot? slot, CancellationToken cancellationToken)
        {
            if (query.Environment is not { Length: > 0 } key) return Error.Invalid(Error.InvalidInput, nameof(Environment), "Name a deployment, or the environment for which you plan.");
            if (await db.Environments.AsNoTracking().SingleOrDefaultAsync(known => known.Key == key, cancellationToken) is not { } environment) return Error.NotFound("environment", key);
            if (slot is null) return View.Nothing;

            var planned = await VersionsAsync(query.Versions ?? [], cancellationToken);
            var targets = query.Targets is { Length: > 0 } named ? [.. named]
                : await db.Targets.Where(target => target.EnvironmentId == environment.Id && target.RetiredAt == null).Select(target => target.Name).ToListAsync(cancellationToken);
            return await LookAsync(new ClashSide("", "", slot, key, "", planned.Versions, targets, []), environment.Id, planned.Services, [], cancellationToken);
        }

        /// <summary>Those that are registered; that others are not is said where the plan is bound.</summary>
        private async Task<(IReadOnlyList<DeclaringVersion> Versions, IReadOnlyList<string> Services)> VersionsAsync(string[] references, CancellationToken cancellationToken)
        {
            var (versions, services) = (new List<DeclaringVersion>(), new List<string>());
            foreach (var reference in references.Where(reference => reference.Contains('@', StringComparison.Ordinal)).Take(Dependency.Most))
            {
                var (component, label) = (reference[..reference.IndexOf('@', StringComparison.Ordinal)], reference[(reference.IndexOf('@', StringComparison.Ordinal) + 1)..]);
                var found = await (from known in db.Components
                                   where known.Key == component
                                   join version in db.ComponentVersions on known.Id equals version.ComponentId
                                   where version.Label == label || label == WatchedFact.Absent // a removal declares nothing, and any version knows the service
                                   join owner in db.Services on known.ServiceId equals owner.Id
                                   select new { version.Dependencies, owner.Key }).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
                if (found is null) continue;

                versions.Add(new DeclaringVersion(component, label, label == WatchedFact.Absent ? [] : found.Dependencies));
                if (!services.Contains(found.Key)) services.Add(found.Key);
            }

            return (versions, services);
        }

        private async Task<View> LookAsync(ClashSide mine, EnvironmentId environment, IReadOnlyList<string> services, IReadOnlyList<AcceptedClash> accepted, CancellationToken cancellationToken)
        {
            var (others, leftOut) = await db.OthersAtAsync(environment, mine.Slot, mine.Number, cancellationToken);
            var busy = await db.BusyAtAsync(mine.Slot.Start, mine.Slot.End, clock.GetUtcNow(), cancellationToken);
            var partners = await db.PartnerFreezesAsync(new Occurrence(mine.Slot.Start, mine.Slot.End), cancellationToken);
            return new View(
                mine.Slot, ClashDetection.Find(mine, others, accepted),
                [
                    .. busy.Where(period => Any(services, service => period.Settings.Concerns(mine.Environment, service))).Select(BusyAdvice.Of),
                    .. partners.Where(time => Any(services, service => time.Concerns(service, mine.Environment))).Select(BusyAdvice.Of),
                ], leftOut);
        }

        /// <summary>Of any of the services; of none in particular where none is known.</summary>
        private static bool Any(IReadOnlyList<string> services, Func<string?, bool> concerns) => services.Count == 0 ? concerns(null) : services.Any(concerns);
    }
}
