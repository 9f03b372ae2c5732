using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>What the publication of a newer model version means for a plan under way (domain A6).</summary>
/// <param name="ToVersion">Number of the newer version.</param>
public sealed record ModelMigration(int ToVersion, MigrationDecision Decision, Actor By, DateTimeOffset At);

/// <summary>How a deployment follows its model.</summary>
public sealed partial class Deployment
{
    /// <summary>Null until a newer version of its model is published, and again once the plan uses that.</summary>
    public ModelMigration? Migration { get; private set; }

    /// <summary>Whether a newer version of its model has to be decided about here: nothing has started yet.</summary>
    public bool MayMigrate => Status is (DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled) && Plan.Rehearsal is null;

    /// <summary>Told by the publication; a run under way goes on with what it started with.</summary>
    public void Migrate(int toVersion, MigrationDecision decision, Actor by, DateTimeOffset at)
    {
        if (!MayMigrate) return;

        Migration = new ModelMigration(toVersion, decision, by, at);
        var text = decision switch
        {
            MigrationDecision.MustUpgrade => "this plan has to use it before a run starts",
            MigrationDecision.RecommendUpgrade => "this plan should use it",
            _ => $"this plan stays with v{Plan.ModelVersion}",
        };
        Append("Migrate", $"{by.Name} published v{toVersion} of {Plan.Model}: {text}.", by, at);
    }
}
