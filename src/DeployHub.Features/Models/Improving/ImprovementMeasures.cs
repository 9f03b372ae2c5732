using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Measuring;

namespace DeployHub.Features.Models.Improving;

/// <summary>Before and after, computed by one definition (domain J6 step 8).</summary>
internal static class ImprovementMeasures
{
    private static readonly TimeSpan Before = TimeSpan.FromDays(90);

    /// <summary>
    /// Every metric that has data, over the last 90 days with every version of the model: the one in which an improvement will be written is not in
    /// use by then.
    /// </summary>
    public static async Task<IReadOnlyList<Measurement>> MeasuredBeforeAsync(this DeployHubDb db, ModelId model, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var measures = await ModelMeasures.OfAsync(db, model, null, at - Before, at, cancellationToken);
        return [.. Enum.GetValues<ImprovementMetric>().Select(metric => measures.In(metric, at - Before, at)).OfType<Measurement>()];
    }

    /// <summary>
    /// The metric of a delivered improvement since then, with the version in which it is written; with any version where a task was done instead.
    /// Null without data.
    /// </summary>
    /// <param name="linked">The version in which it is written.</param>
    /// <returns>And how many deployments were completed since.</returns>
    public static async Task<(Measurement? After, int Deployments)> MeasuredAfterAsync(
        this DeployHubDb db, Improvement improvement, ModelVersion? linked, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (improvement is not { DeliveredAt: { } delivered, Goal: { } goal }) return (null, 0);

        var from = linked?.PublishedAt ?? delivered;
        var measures = await ModelMeasures.OfAsync(db, improvement.ModelId, linked is null ? null : [linked.Id], from, at, cancellationToken);
        return (measures.In(goal.Metric, from, at), measures.Success.Of);
    }

    private static Measurement? In(this ModelMeasures measures, ImprovementMetric metric, DateTimeOffset from, DateTimeOffset to) => metric switch
    {
        ImprovementMetric.SuccessRate => Measurement.Of(metric, measures.Success, from, to),
        ImprovementMetric.FirstTimeRight => Measurement.Of(metric, measures.FirstTimeRight, from, to),
        ImprovementMetric.ChangeFailRate => Measurement.Of(metric, measures.ChangeFailure, from, to),
        ImprovementMetric.LeadTime => Measurement.Of(metric, measures.LeadTime, from, to),
        ImprovementMetric.Duration => Measurement.Of(metric, measures.Duration, from, to),
        ImprovementMetric.ExecuteTime => Measurement.Of(metric, measures.Execute, from, to),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
    };
}
