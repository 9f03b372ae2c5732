using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>A second person's yes to a publication (SOD-5), bound to the text they read.</summary>
public sealed record PublicationApproval(Actor By, DateTimeOffset At, Digest Digest);

/// <summary>What becomes of a plan that was made with an earlier version (domain A6).</summary>
public enum MigrationDecision
{
    /// <summary>It goes on with the version it was planned with.</summary>
    Keep,

    /// <summary>It may go on; whoever planned it is told to look.</summary>
    RecommendUpgrade,

    /// <summary>No run starts until it is planned with the new version.</summary>
    MustUpgrade,
}

/// <param name="Deployment">Number of the deployment whose plan it is.</param>
public sealed record PlanMigration(string Deployment, MigrationDecision Decision);

/// <summary>How a version came into use: by which change, and what was decided about plans under way.</summary>
/// <param name="ChangeReference">The change that introduces it, such as <c>CHG-311</c>.</param>
/// <param name="ApprovedBy">The second person.</param>
public sealed record Publication(string ChangeReference, Actor ApprovedBy, IReadOnlyList<PlanMigration> Migrations);
