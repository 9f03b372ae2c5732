using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Models;
using DeployHub.Domain.Notifications;

namespace DeployHub.Features.Notifications;

/// <summary>What there is to know of a happening to say whom it concerns.</summary>
/// <param name="Deployment">The one that it is about; null where it is about something else.</param>
/// <param name="Services">Keys of the services, the first one first; none where it belongs to none.</param>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Content">What the version of the model says that it is about.</param>
/// <param name="ModelOwner">Who answers for the model.</param>
/// <param name="Users">Who uses the model.</param>
/// <param name="Readers">Whom a publication tells without asking anything of them.</param>
/// <param name="ClashOwners">Who owns what clashes with it.</param>
/// <param name="Unblocks">What somebody may who ends what a run waits for; null where it waits for nobody.</param>
/// <param name="Watchers">Who asked to be told what happens to the deployment, or to all of its service.</param>
internal sealed record Surroundings(
    Deployment? Deployment, IReadOnlyCollection<string> Services, string? Environment, bool IsLive, ModelContent? Content = null, string? ModelOwner = null, IReadOnlyCollection<string>? Users = null,
    IReadOnlyCollection<string>? Readers = null, IReadOnlyCollection<string>? ClashOwners = null,
    IReadOnlyCollection<string>? Watchers = null, Permission? Unblocks = null);

/// <summary>From whom something concerns by default to who that is now.</summary>
internal static class Concerned
{
    /// <summary>Each account once. Nobody is told of what they did themselves.</summary>
    public static IEnumerable<Accounts.Account> By(Happening happening, EventType type, Surroundings around, Accounts people) =>
        type.Tells
            .Where(audience => around.Deployment?.Plan.Rehearsal is null || audience is Audience.Named or Audience.Planners or Audience.Assigned) // what is made to fail concerns nobody else
            .SelectMany(audience => In(audience, happening, around, people)).Concat(around.Watchers ?? []).Distinct().Where(id => id != happening.By.Id).Select(people.Of).OfType<Accounts.Account>();

    private static IEnumerable<string> In(Audience audience, Happening happening, Surroundings around, Accounts people) => audience switch
    {
        Audience.Named => happening.People,
        Audience.Planners => around.Deployment is { } planned ? planned.Planners.Append(planned.Owner).Select(planner => planner.Id) : [],
        Audience.Assigned => around.Deployment is { } staffed ? staffed.People.Select(assigned => assigned.Person.Id) : [],
        Audience.Unblockers => around is { Deployment: { } held, Unblocks: { } permission } ? UnblockersOf(held, permission, happening, around, people) : [],
        Audience.Parties => around.Deployment is { Plan.Parties.Count: > 0 } ? There(around, people, grant => grant.Role is Role.Stakeholder) : [],
        Audience.ClashOwners => around.ClashOwners ?? [],
        Audience.Approvers => around.Deployment is { } asked ? ApproversOf(asked, around, people) : [],
        Audience.Called => around.Deployment?.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending).Select(approval => approval.Calls is [.., var last] ? last.Person.Id : null).OfType<string>() ?? [],
        Audience.PreviousApprovers => around.Deployment is { } voided ? PreviousApproversOf(voided) : [],
        Audience.ApproverGroup => There(around, people, grant => grant.Role is Role.Approver),
        Audience.DeploymentManagers => There(around, people, grant => grant.Role is Role.DeploymentManager),
        Audience.ReleaseManagers => There(around, people, grant => grant.Role is Role.ReleaseManager),
        Audience.Auditors => There(around, people, grant => grant.Role is Role.Auditor),
        Audience.Administrators => There(around, people, grant => grant.Role is Role.Administrator),
        Audience.Stakeholders => There(around, people, grant => grant.Role is Role.Stakeholder),
        Audience.ServiceOwnersIfLive when !around.IsLive => [],
        Audience.ServiceOwners or Audience.ServiceOwnersIfLive => There(around, people, grant => grant.Quality is ApproverQuality.ServiceOwner),
        Audience.EnvironmentOwners => There(around, people, grant => grant.Quality is ApproverQuality.EnvironmentOwner),
        Audience.ModelOwner => around.ModelOwner is { } owner ? [owner] : [],
        Audience.ModelUsers => around.Users ?? [],
        Audience.Readers => around.Readers ?? [],
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, null),
    };

    /// <summary>What belongs to no service or environment concerns whoever holds the role anywhere.</summary>
    private static IEnumerable<string> There(Surroundings around, Accounts people, Func<RoleGrant, bool> isWanted) => around is { Services.Count: 0, Environment: null }
        ? people.All.Where(account => account.Grants.Any(isWanted)).Select(account => account.Key)
        : people.With(isWanted, around.Services, around.Environment);

    private static IEnumerable<string> UnblockersOf(Deployment deployment, Permission permission, Happening happening, Surroundings around, Accounts people)
    {
        IEnumerable<string> told = [.. happening.People, .. deployment.People.Select(assigned => assigned.Person.Id), .. deployment.Planners.Append(deployment.Owner).Select(planner => planner.Id)];
        return told.Select(people.Of).OfType<Accounts.Account>().Any(May) ? [] : people.All.Where(May).Select(account => account.Key);

        bool May(Accounts.Account account) => account.Grants.MayThroughout(permission, around.Services, deployment.Plan.Environment);
    }

    /// <summary>Those of the plan that was decided about last: whoever approved an earlier one heard of it then.</summary>
    private static IEnumerable<string> PreviousApproversOf(Deployment deployment)
    {
        var voided = deployment.Approvals.Where(approval => approval is { Status: ApprovalStatus.Void or ApprovalStatus.Expired, DecidedBy: not null }).ToList();
        var last = voided.MaxBy(approval => approval.DecidedAt)?.PlanDigest;
        return voided.Where(approval => approval.PlanDigest == last).Select(approval => approval.DecidedBy!.Id);
    }

    /// <summary>Whoever is asked has to be able to answer: for every service of the plan.</summary>
    private static IEnumerable<string> ApproversOf(Deployment deployment, Surroundings around, Accounts people)
    {
        var pending = deployment.Approvals.Where(approval => approval.Status is ApprovalStatus.Pending or ApprovalStatus.Deferred)
            .Select(approval => approval.Slot).Distinct().ToList();
        return people.All.Where(account => account.Grants.MayThroughout(Permission.ApprovePlans, around.Services, deployment.Plan.Environment) && !deployment.Planners.Any(planner => planner.Id == account.Key)
            && !deployment.Approvals.Any(approval => approval.Status is ApprovalStatus.Approved && approval.DecidedBy?.Id == account.Key)
            && MayFill(pending, account.Grants, around.Services, deployment.Plan.Environment)).Select(account => account.Key);
    }

    private static bool MayFill(IEnumerable<NeededApproval> pending, IReadOnlyList<RoleGrant> grants, IReadOnlyCollection<string> services, string environment) =>
        pending.Any(needed => ApprovalPolicy.Qualifies(needed, grants.RolesThroughout(services, environment), grants.QualitiesThroughout(services, environment)));
}
