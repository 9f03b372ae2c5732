using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Inbox.Sources;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox;

/// <summary>
/// What the sources of the inbox look for in deployments, as one question to the database: so that nobody’s decision is out of sight behind
/// plans that are none of theirs. It may find too many, never too few; a source judges what it is given.
/// </summary>
internal static class DeploymentsThatAsk
{
    private static readonly Permission[] Asked =
    [
        Permission.ResolveHalts, Permission.RollBack, Permission.WaiveChecks, Permission.ApprovePlans, Permission.OverrideObjections, Permission.AnswerAlignments,
        Permission.PromotePhases, Permission.PerformManualSteps, Permission.AnswerQuestions, Permission.MeetConditions,
    ];

    /// <summary>Open deployments in which something waits that the caller may do, in every service that they move.</summary>
    public static IQueryable<Deployment> DeploymentsAsking(this DeployHubDb db, Caller caller)
    {
        var (rights, services, environments) = GrantedTo(caller.Grants, Asked);
        var me = caller.Actor.Id;
        var (planner, approver, named, reader) = (
            JsonOf(new[] { new { id = me } }), JsonOf(new[] { new { status = nameof(ApprovalStatus.Approved), decidedBy = new { id = me } } }), JsonOf(new[] { new { person = new { id = me } } }),
            VersionsToConfirm.AwaitedOf(caller.Actor));
        const string Pending = """[{"status":"Pending"}]""", Objected = """[{"status":"Objected"}]""";
        const string Unanswered = """$[*] ? (@.status != "Superseded" && !exists(@.answer))""", Task = "$[*].conditions[*] ? (!exists(@.met) && !exists(@.bounds))";
        return db.Deployments.FromSql(
            $"""
            with granted as (select * from unnest({rights}, {services}, {environments}) as held (permission, service, environment))
            select d.*, d.xmin
            from deployments d
            left join runs r on r.deployment_id = d.id and r.number = d.run_count
            cross join lateral (select array(
                select held.permission from granted held
                where not exists (
                    select 1
                    from components component join services service on service.id = component.service_id join environments environment on environment.id = d.environment_id
                    where component.id = any(d.component_ids) and not exists (
                        select 1 from granted here
                        where here.permission = held.permission and coalesce(here.service = service.key, true) and coalesce(here.environment = environment.key, true)))) as may) caller
            where d.status in ('InReview', 'Scheduled', 'InProgress', 'Halted') and (
                (d.status = 'Halted' and caller.may && array['ResolveHalts', 'RollBack', 'WaiveChecks'])
                or (d.status = 'InReview' and 'ApprovePlans' = any(caller.may)
                    and d.approvals @> {Pending}::jsonb and not d.approvals @> {approver}::jsonb and not d.planners @> {planner}::jsonb)
                or (d.status in ('InReview', 'Scheduled') and 'OverrideObjections' = any(caller.may) and d.alignments @> {Objected}::jsonb)
                or (d.status in ('InReview', 'Scheduled') and 'AnswerAlignments' = any(caller.may)
                    and jsonb_path_exists(d.alignments, {Unanswered}::jsonpath) and not d.planners @> {planner}::jsonb)
                or (d.status in ('InReview', 'Scheduled') and d.missed_slot_end = d.slot_end and d.owner ->> 'id' = {me})
                or (d.status = 'InProgress' and (
                    (r.waiting_for = 'Promotion' and 'PromotePhases' = any(caller.may))
                    or (r.waiting_for = 'ManualStep' and 'PerformManualSteps' = any(caller.may))
                    or exists (select 1 from target_runs t where t.run_id = r.id and t.status = 'WaitingForPerson' and t.steps @> {reader}::jsonb)))
                or (r.questions <> '[]'::jsonb and 'AnswerQuestions' = any(caller.may))
                or ('MeetConditions' = any(caller.may) and (d.owner ->> 'id' = {me} or d.planners @> {planner}::jsonb or d.people @> {named}::jsonb) and (
                    jsonb_path_exists(d.alignments, {Task}::jsonpath)
                    or exists (
                        select 1 from freeze_exceptions e
                        where e.deployment_id = d.id and e.condition is not null and e.condition_met_at is null and e.status in ('Granted', 'Used')))))
            """);
    }

    /// <summary>Deployments that move anything of a service for which the caller may not do this in their environment.</summary>
    public static IQueryable<Deployment> DeploymentsBeyond(this DeployHubDb db, Caller caller, Permission permission)
    {
        var (_, services, environments) = GrantedTo(caller.Grants, [permission]);
        return db.Deployments.FromSql(
            $"""
            select d.*, d.xmin
            from deployments d join environments environment on environment.id = d.environment_id
            where exists (
                select 1
                from components component join services service on service.id = component.service_id
                where component.id = any(d.component_ids) and not exists (
                    select 1 from unnest({services}, {environments}) as held (service, environment)
                    where coalesce(held.service = service.key, true) and coalesce(held.environment = environment.key, true)))
            """);
    }

    /// <summary>Three lists of the same length: a right, and the service and environment in which it is held; null for everywhere.</summary>
    private static (string[] Permissions, string?[] Services, string?[] Environments) GrantedTo(IReadOnlyCollection<RoleGrant> grants, IEnumerable<Permission> permissions)
    {
        var held = permissions.SelectMany(permission => grants.Where(grant => PermissionMatrix.Allows([grant.Role], permission)), (permission, grant) => (Permission: permission.ToString(), grant.Service, grant.Environment)).Distinct().ToList();
        return ([.. held.Select(one => one.Permission)], [.. held.Select(one => one.Service)], [.. held.Select(one => one.Environment)]);
    }

    private static string JsonOf<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value);
}
