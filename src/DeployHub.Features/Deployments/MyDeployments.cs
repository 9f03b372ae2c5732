using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

internal static class MyDeployments
{
    /// <summary>What somebody planned, decided about or operated.</summary>
    public static IQueryable<Deployment> DeploymentsOf(this DeployHubDb db, Actor actor)
    {
        var (planner, decider) = (System.Text.Json.JsonSerializer.Serialize(new[] { new { id = actor.Id } }), System.Text.Json.JsonSerializer.Serialize(new[] { new { decidedBy = new { id = actor.Id } } }));
        return db.Deployments.FromSql(
            $"""
            select d.*, d.xmin from deployments d
            where d.owner ->> 'id' = {actor.Id} or d.planners @> {planner}::jsonb or d.approvals @> {decider}::jsonb
               or exists (select 1 from runs r where r.deployment_id = d.id and r.operator ->> 'id' = {actor.Id})
            """);
    }

    /// <summary>Those whose plan somebody approved or rejected.</summary>
    public static IQueryable<Deployment> DeploymentsDecidedBy(this DeployHubDb db, Actor actor)
    {
        var decider = System.Text.Json.JsonSerializer.Serialize(new[] { new { decidedBy = new { id = actor.Id } } });
        return db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.approvals @> {decider}::jsonb");
    }
}
