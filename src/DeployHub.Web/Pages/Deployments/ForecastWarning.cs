using DeployHub.Features.Deployments.Forecasting;
using Mediator;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What who submits a plan is told: that its slot may be too short. It is submitted all the same.</summary>
internal static class ForecastWarning
{
    /// <summary>A sentence with a space before it; empty where there is nothing to say.</summary>
    public static async Task<string> OfAsync(ISender sender, string number, CancellationToken cancellationToken) =>
        await sender.Send(new ShowForecast(number), cancellationToken) is { Error: null, Value.Run: { Fits: false } run } ? $" {run.Sentence}" : "";
}
