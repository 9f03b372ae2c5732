using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Models.Reviewing;

/// <summary>When a review has to be held (domain §2.1.2 A4).</summary>
public static class ReviewCadence
{
    /// <summary>How many deployments of a model ask for the next analysis of its records.</summary>
    public const int Deployments = 20;

    /// <summary>A quarter, after which one is due whatever happened.</summary>
    public const int Months = 3;

    /// <summary>Why a model's records have to be analysed now; null when they need not be. Without a deployment there is no record to analyse.</summary>
    /// <param name="since">When they were analysed last; the first deployment where they never were.</param>
    /// <param name="completed">Deployments completed since.</param>
    public static string? OccasionOf(DateTimeOffset since, int completed, DateTimeOffset now)
    {
        if (completed >= Deployments) return $"{completed} deployments were completed since {since:yyyy-MM-dd}; every {Deployments} their records are analysed.";
        return completed > 0 && now >= since.AddMonths(Months) ? $"The last quarter began on {since:yyyy-MM-dd}, with {Words.Count(completed, "deployment")} since." : null;
    }

    /// <summary>Why a completed deployment has to be reviewed; null when it need not be.</summary>
    public static string? OccasionOf(Outcome outcome, ChangeCategory category) => outcome switch
    {
        not (Outcome.Succeeded or Outcome.SucceededAfterIntervention) => $"The deployment ended {Ended(outcome)}.",
        _ => category is ChangeCategory.Emergency ? "It was an emergency." : null,
    };

    private static string Ended(Outcome outcome) => outcome switch
    {
        Outcome.PartiallyDeployed => "partially deployed",
        Outcome.RolledBack => "rolled back",
        Outcome.RolledForward => "rolled forward",
        _ => "as failed",
    };
}
