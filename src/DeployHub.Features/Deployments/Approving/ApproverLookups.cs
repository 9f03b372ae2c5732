using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Who may decide, for whom, and who must not.</summary>
internal static class ApproverLookups
{
    /// <param name="Grants">Of the person, wherever they reach.</param>
    public sealed record Known(Actor Person, string Email, IReadOnlyList<RoleGrant> Grants)
    {
        /// <summary>Roles that are held in every one of the services.</summary>
        public IReadOnlyCollection<Role> RolesIn(IReadOnlyList<string> services, string environment) =>
            Grants.RolesThroughout(services, environment);

        /// <summary>Qualities that are held in every one of the services.</summary>
        public IReadOnlyCollection<ApproverQuality> QualitiesIn(IReadOnlyList<string> services, string environment) =>
            Grants.QualitiesThroughout(services, environment);

        public bool Fills(NeededApproval slot, IReadOnlyList<string> services, string environment) => ApprovalPolicy.Qualifies(slot, RolesIn(services, environment), QualitiesIn(services, environment));
    }

    /// <summary>Everybody with an account that is open and a role that may approve; in order of their names.</summary>
    public static async Task<IReadOnlyList<Known>> ApproversAsync(this DeployHubDb db, CancellationToken cancellationToken)
    {
        var roles = PermissionMatrix.RolesWith(Permission.ApprovePlans);
        var grants = (await db.Grants.AsNoTracking().Where(grant => grant.ConfirmedAt != null && grant.RevokedAt == null && roles.Contains(grant.Role)).ToListAsync(cancellationToken))
            .ToLookup(grant => grant.Holder, grant => grant.ToRoleGrant());
        var people = await db.Users.AsNoTracking().Open().OrderBy(person => person.DisplayName).Select(person => new { person.Id, person.DisplayName, person.Email }).ToListAsync(cancellationToken);
        return [.. people.Where(person => grants.Contains(person.Id.ToString())).Select(person => new Known(new Actor(person.Id.ToString(), person.DisplayName), person.Email ?? "", [.. grants[person.Id.ToString()]]))];
    }

    /// <summary>Whether somebody is among the authors of what is deployed (SOD-2).</summary>
    public static async Task<bool> IsAuthorAsync(this DeployHubDb db, Deployment deployment, Actor person, CancellationToken cancellationToken)
    {
        var authors = await db.AuthorsAsync(deployment.Plan, cancellationToken);
        if (authors.Count == 0) return false;

        var email = Guid.TryParse(person.Id, out var id) ? await db.Users.Where(known => known.Id == id).Select(known => known.Email).SingleOrDefaultAsync(cancellationToken) : null;
        return ChangeAuthors.Include(authors, person.Name, email);
    }

    public static async Task<IReadOnlyList<string>> AuthorsAsync(this DeployHubDb db, Plan plan, CancellationToken cancellationToken)
    {
        var ids = plan.VersionIds;
        return ChangeAuthors.Of(await db.ComponentVersions.AsNoTracking().Where(version => ids.Contains(version.Id)).Select(version => version.Provenance).ToListAsync(cancellationToken));
    }

    /// <summary>Whose deputy somebody is today.</summary>
    public static async Task<IReadOnlyList<Actor>> CoveredByAsync(this DeployHubDb db, Actor deputy, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var covers = await db.CoversOf("deputy", deputy).Where(cover => cover.EndedAt == null && cover.From <= today && cover.Until >= today).AsNoTracking().ToListAsync(cancellationToken);
        return [.. covers.Select(cover => cover.Person)];
    }

    /// <param name="side">Either “deputy” or “person”.</param>
    public static IQueryable<ApprovalCover> CoversOf(this DeployHubDb db, string side, Actor person) =>
        db.ApprovalCovers.FromSql($"select cover.*, cover.xmin from approval_covers cover where (case {side} when 'deputy' then cover.deputy else cover.person end) ->> 'id' = {person.Id}");

    /// <summary>Who ever operated its runs: who started them, and who took them over (SOD-4).</summary>
    public static async Task<IReadOnlyList<Actor>> OperatorsAsync(this DeployHubDb db, DeploymentId deployment, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.AsNoTracking().Where(run => run.DeploymentId == deployment).Select(run => new { run.Id, run.Operator }).ToListAsync(cancellationToken);
        var ids = runs.ConvertAll(run => run.Id);
        var before = await db.RunEvents.AsNoTracking()
            .Where(happened => ids.Contains(happened.RunId) && (happened.Subject == RunEvent.OfOperator || (happened.Subject == RunEvent.OfRun && happened.Became == nameof(RunStatus.Queued))))
            .Select(happened => happened.By).ToListAsync(cancellationToken);
        return [.. runs.Select(run => run.Operator).Concat(before).DistinctBy(person => person.Id)];
    }

    /// <summary>Somebody who was asked, or has approved, cannot decide any more.</summary>
    /// <param name="why">Goes on from the name, such as “has no account any more”.</param>
    public static async Task LoseApproverAsync(this DeployHubDb db, string holder, string why, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var asked = JsonSerializer.Serialize(new[] { new { askedOf = new { id = holder } } });
        var given = JsonSerializer.Serialize(new[] { new { decidedBy = new { id = holder } } });
        var open = await db.Deployments
            .FromSql($"select deployment.*, deployment.xmin from deployments deployment where deployment.status in ('InReview', 'Scheduled') and (deployment.approvals @> {asked}::jsonb or deployment.approvals @> {given}::jsonb)")
            .ToListAsync(cancellationToken);
        foreach (var deployment in open)
        {
            var named = deployment.Approvals.SelectMany(approval => new[] { approval.AskedOf, approval.DecidedBy }).OfType<Actor>().First(person => person.Id == holder);
            deployment.LoseApprover(named, why, at);
        }
    }
}
