using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What shows that a component version worked somewhere: a deployment that succeeded (domain §2.2.2 B2).</summary>
public static class PromotionEvidence
{
    /// <param name="Outcome">Succeeded, with or without a person's intervention.</param>
    public sealed record Success(string Deployment, Outcome Outcome, DateTimeOffset At);

    /// <summary>The latest deployment that brought exactly this content to the environment and succeeded; null when none did. A rehearsal tries out a model and shows nothing of the version.</summary>
    /// <param name="component">The component's key.</param>
    /// <param name="environment">The environment's key.</param>
    public static async Task<Success?> LatestSuccessAsync(this DeployHubDb db, string component, Digest digest, string environment, CancellationToken cancellationToken)
    {
        var moved = JsonSerializer.Serialize(new { Versions = new[] { new { Component = component, Digest = digest } } }, Json.Options);
        return await db.Deployments
            .FromSql($"select deployment.*, deployment.xmin from deployments deployment join environments environment on environment.id = deployment.environment_id where environment.key = {environment} and deployment.plan @> {moved}::jsonb and coalesce(deployment.plan -> 'rehearsal', 'null'::jsonb) = 'null'::jsonb")
            .Where(deployment => deployment.Outcome == Outcome.Succeeded || deployment.Outcome == Outcome.SucceededAfterIntervention)
            .OrderByDescending(deployment => deployment.CompletedAt)
            .Select(deployment => new Success(deployment.Number, deployment.Outcome!.Value, deployment.CompletedAt!.Value))
            .FirstOrDefaultAsync(cancellationToken);
    }
}
