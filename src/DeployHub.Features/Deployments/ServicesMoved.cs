using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Finds deployments under every service of which they move anything, not under the first alone.</summary>
internal static class ServicesMoved
{
    /// <param name="service">Key of the service.</param>
    public static IQueryable<Deployment> OfService(this IQueryable<Deployment> deployments, DeployHubDb db, string service) => deployments.Among(db.Deployments.FromSql(
        $"""
        select d.*, d.xmin from deployments d
        where d.component_ids && array(select component.id from components component join services service on service.id = component.service_id where service.key = {service})
        """));

    public static IQueryable<Deployment> OfService(this IQueryable<Deployment> deployments, DeployHubDb db, ServiceId service) => deployments.Among(db.Deployments.FromSql(
        $"select d.*, d.xmin from deployments d where d.component_ids && array(select component.id from components component where component.service_id = {service.Value})"));

    private static IQueryable<Deployment> Among(this IQueryable<Deployment> deployments, IQueryable<Deployment> moving) =>
        deployments.Where(deployment => moving.Any(moved => moved.Id == deployment.Id));
}
