using DeployHub.Domain.Deployments.Forecasting;

namespace DeployHub.Features.Deployments.Forecasting;

/// <summary>How long a plan's run will take, when its way back was gone last, and where none would lead back.</summary>
/// <param name="Basis">Where the times are known from, in a sentence.</param>
/// <param name="Runs">How many past runs were measured.</param>
/// <param name="Rollback">The last rollback with this version of the model; null while none was seen.</param>
public sealed record PlanForecast(RunForecast Run, string Basis, int Runs, RollbackProof? Rollback)
{
    /// <summary>What happens instead where a rollback would be refused, in a sentence; null where every target can be led back.</summary>
    public string? NoWayBack { get; init; }
}
