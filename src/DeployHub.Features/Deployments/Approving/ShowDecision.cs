using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>What somebody has to see who decides about a plan, and what they may do: how the model went lately, who wrote the change, whom else to ask.</summary>
public sealed record ShowDecision(string Number) : IQuery<Result<ShowDecision.View>>
{
    /// <param name="MayDecide">A slot waits that the caller may fill.</param>
    /// <param name="MayApproveLate">An approval is owed that the caller may give.</param>
    /// <param name="MayBreakGlass">The caller is named for it here, and the plan is an emergency that waits.</param>
    /// <param name="InPlaceOf">Those whose deputy the caller is today.</param>
    /// <param name="Authors">Who wrote the change, as it was reported.</param>
    /// <param name="Delegates">Who else could fill the slot that the caller may pass on.</param>
    /// <param name="Slot">The number of that slot; null where there is none.</param>
    /// <param name="Lately">The last five runs of the model.</param>
    /// <param name="SyncBack">Environments that are not live, have the component and not the version of an emergency that went past them.</param>
    public sealed record View(
        bool MayDecide, bool MayApproveLate, bool MayBreakGlass, bool MayLowerRisk, IReadOnlyList<string> InPlaceOf, IReadOnlyList<string> Authors, int? Slot, IReadOnlyList<Delegate> Delegates,
        IReadOnlyList<PastRun> Lately, IReadOnlyList<Lower> SyncBack)
    {
        /// <summary>Who could fill each slot that waits.</summary>
        public IReadOnlyList<Candidates> Could { get; init; } = [];

        /// <summary>Why the caller may not decide although they may approve plans, in a sentence; null where they may, and where nothing waits.</summary>
        public string? WhyNot { get; init; }

        /// <summary>Why the caller may not start it once it is ready, in a sentence; null where nothing of that kind is in the way.</summary>
        public string? WhyNotStart { get; init; }
    }

    /// <param name="Slot">Number of the approval.</param>
    /// <param name="Names">Of the first who could; nobody for none.</param>
    /// <param name="More">How many could besides.</param>
    public sealed record Candidates(int Slot, IReadOnlyList<string> Names, int More)
    {
        public string InWords => Names.Count == 0 ? "Nobody could: an administrator has to give somebody the role."
            : $"Could: {(More == 0 ? Words.List(Names) : $"{string.Join(", ", Names)} and {More} more")}.";
    }

    public sealed record Delegate(string Email, string Name);

    /// <param name="Rehearsal">The case that it was to show of the model, which may be made to fail; null for a real run.</param>
    public sealed record PastRun(string Name, string Environment, RunStatus Status, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt, RehearsalCase? Rehearsal = null);

    public sealed record Lower(string Environment, string Name);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowDecision, Result<View>>
    {
        private const int MostRuns = 5;
        private const int MostNames = 3;
        private const int MostEnvironments = 10;

        public async ValueTask<Result<View>> Handle(ShowDecision query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            var mine = SlotOfMine(deployment, services, environment);
            var covers = await db.CoveredByAsync(caller.Actor, clock.GetUtcNow(), cancellationToken);
            return new View(
                mine is not null && caller.RefusalThroughout(Permission.ApprovePlans, services, environment) is null, await MayApproveLateAsync(deployment, services, environment, cancellationToken),
                deployment is { Status: DeploymentStatus.InReview, Plan: { Category: ChangeCategory.Emergency, Incident: not null } } && services.All(service => caller.BreaksGlassIn(service, environment)),
                caller.RolesThroughout(services, environment).Contains(Role.Approver) && !deployment.Planners.Any(caller.Actor.Is) && !await db.IsAuthorAsync(deployment, caller.Actor, cancellationToken),
                [.. covers.Select(absent => absent.Name)], await db.AuthorsAsync(deployment.Plan, cancellationToken), mine?.Number,
                mine is null ? [] : await DelegatesAsync(deployment, mine, services, environment, cancellationToken),
                await LatelyAsync(deployment, cancellationToken), await LowerAsync(deployment, cancellationToken))
            {
                Could = await CouldAsync(deployment, services, environment, cancellationToken),
                WhyNot = mine is null && caller.RefusalThroughout(Permission.ApprovePlans, services, environment) is null ? WhyNot(deployment) : null,
                WhyNotStart = caller.RefusalThroughout(Permission.StartRuns, services, environment) is null ? WhyNotStart(deployment) : null,
            };
        }

        private string? WhyNotStart(Deployment deployment) => deployment.IsBeforeRun ? deployment.ObjectionToStarter(caller.Actor)?.Message : null;

        private string? WhyNot(Deployment deployment)
        {
            var waiting = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).ToList();
            if (waiting.Count == 0 || deployment.Status is not DeploymentStatus.InReview) return null;
            if (deployment.Planners.Any(caller.Actor.Is)) return "You planned it, so somebody else approves it (SOD-1).";
            if (Given(deployment).Any(caller.Actor.Is)) return "You approved it; another person fills what is left.";

            return $"It waits for {Words.List(waiting.Select(approval => approval.WhoCould).Distinct())}, and your roles are others.";
        }

        private static IEnumerable<Actor> Given(Deployment deployment) =>
            deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Approved).Select(approval => approval.DecidedBy!);

        private async Task<IReadOnlyList<Candidates>> CouldAsync(Deployment deployment, IReadOnlyList<string> services, string environment, CancellationToken cancellationToken)
        {
            var waiting = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).ToList();
            if (waiting.Count == 0) return [];

            var taken = deployment.Planners.Concat(Given(deployment)).ToList();
            var known = (await db.ApproversAsync(cancellationToken)).Where(known => !taken.Exists(known.Person.Is)).ToList();
            return
            [
                .. from approval in waiting
                   let could = known.Where(one => one.Fills(approval.Slot, services, environment)).Select(one => one.Person.Name).ToList()
                   select new Candidates(approval.Number, [.. could.Take(MostNames)], Math.Max(0, could.Count - MostNames)),
            ];
        }

        private Approval? SlotOfMine(Deployment deployment, IReadOnlyList<string> services, string environment)
        {
            if (deployment.Status is not DeploymentStatus.InReview || deployment.Planners.Any(caller.Actor.Is)) return null;
            if (deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Approved && approval.DecidedBy!.Is(caller.Actor))) return null;

            var (roles, qualities) = (caller.RolesThroughout(services, environment), caller.QualitiesThroughout(services, environment));
            return deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending && ApprovalPolicy.Qualifies(approval.Slot, roles, qualities))
                .OrderByDescending(approval => approval.AskedOf?.Is(caller.Actor) == true).FirstOrDefault();
        }

        private async Task<bool> MayApproveLateAsync(Deployment deployment, IReadOnlyList<string> services, string environment, CancellationToken cancellationToken)
        {
            if (deployment.BrokenGlass is not { } broken || !deployment.Owed.Any() || caller.RefusalThroughout(Permission.ApproveLate, services, environment) is not null) return false;
            if (broken.By.Is(caller.Actor) || deployment.Planners.Any(caller.Actor.Is) || (await db.OperatorsAsync(deployment.Id, cancellationToken)).Any(caller.Actor.Is)) return false;

            return deployment.Owed.Any(owed => ApprovalPolicy.Qualifies(owed.Slot, caller.RolesThroughout(services, environment), caller.QualitiesThroughout(services, environment)));
        }

        private async Task<IReadOnlyList<Delegate>> DelegatesAsync(Deployment deployment, Approval mine, IReadOnlyList<string> services, string environment, CancellationToken cancellationToken) =>
        [
            .. (await db.ApproversAsync(cancellationToken))
                .Where(known => !known.Person.Is(caller.Actor) && !deployment.Planners.Any(known.Person.Is) && known.Fills(mine.Slot, services, environment))
                .Select(known => new Delegate(known.Email, known.Person.Name)),
        ];

        private async Task<IReadOnlyList<PastRun>> LatelyAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var lately = await (from run in db.Runs
                                join past in db.Deployments on run.DeploymentId equals past.Id
                                join version in db.ModelVersions on past.ModelVersionId equals version.Id
                                where version.ModelId == db.ModelVersions.First(known => known.Id == deployment.ModelVersionId).ModelId
                                join place in db.Environments on run.EnvironmentId equals place.Id
                                orderby run.QueuedAt descending
                                select new { run.Name, Environment = place.Name, run.Status, run.QueuedAt, run.EndedAt, past.Plan }).Take(MostRuns).ToListAsync(cancellationToken);
            return lately.ConvertAll(run => new PastRun(run.Name, run.Environment, run.Status, run.QueuedAt, run.EndedAt, run.Plan.Rehearsal?.Case));
        }

        /// <summary>So that the next normal deployment does not undo the emergency's.</summary>
        private async Task<IReadOnlyList<Lower>> LowerAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            if (deployment is not { Plan: { Category: ChangeCategory.Emergency, IsLive: true }, Outcome: Outcome.Succeeded or Outcome.SucceededAfterIntervention }) return [];

            var (components, versions) = (deployment.Plan.Versions.Select(version => version.ComponentId).ToList(), deployment.Plan.Versions.Select(version => version.VersionId).ToList());
            return await db.Environments
                .Where(known => !known.IsLive && (from seen in db.ObservedVersions
                                                  join target in db.Targets on seen.TargetId equals target.Id
                                                  where target.EnvironmentId == known.Id && target.RetiredAt == null && components.Contains(seen.ComponentId) && !versions.Contains(seen.VersionId)
                                                  select seen.TargetId).Any())
                .OrderByDescending(known => known.Order).Take(MostEnvironments).Select(known => new Lower(known.Key, known.Name)).ToListAsync(cancellationToken);
        }
    }
}
