using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;

namespace DeployHub.Features.Inbox;

/// <summary>What every source of the inbox reads with.</summary>
/// <param name="Open">Submitted deployments that are not over, and may ask for the caller.</param>
/// <param name="Covers">Those whose deputy the caller is today.</param>
internal sealed record Desk(DeployHubDb Db, Caller Caller, DateTimeOffset Now, IReadOnlyList<OpenDeployment> Open, IReadOnlyList<Actor> Covers)
{
    /// <summary>So many of one kind, what is due first: as many as are shown of all.</summary>
    public const int Most = ListInbox.Most;

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>The person may, there: also where they only look with a token, by which nobody decides.</summary>
    public bool May(Permission permission, OpenDeployment where) => Caller.Grants.MayThroughout(permission, where.Services, where.Deployment.Plan.Environment);

    public IReadOnlyCollection<Role> RolesAt(OpenDeployment where) => Caller.RolesThroughout(where.Services, where.Deployment.Plan.Environment);

    public IReadOnlyCollection<ApproverQuality> QualitiesAt(OpenDeployment where) => Caller.QualitiesThroughout(where.Services, where.Deployment.Plan.Environment);

    /// <summary>The person has a role in one of its services at least, and so is shown what stands still.</summary>
    public bool IsNear(OpenDeployment where) => Caller.Grants.Any(grant => grant.ReachesAny(where.Services, where.Deployment.Plan.Environment));
}

/// <summary>A deployment with the keys of its services, its own first, and its newest run.</summary>
internal sealed record OpenDeployment(Deployment Deployment, IReadOnlyList<string> Services, Run? Run)
{
    public string RunPath => $"/deployments/{Deployment.Number}/runs/{Deployment.RunCount}";

    public InboxItem Item(InboxKind kind, string sentence, DateTimeOffset? due, string href) =>
        new(kind, Deployment.Number, Deployment.Title, sentence, due, href) { Environment = Deployment.Plan.Environment, Services = Services };
}
