using System.Globalization;
using DeployHub.Domain.Models.Improving;

namespace DeployHub.Web.Pages.Improvements;

/// <summary>Before and after with their intervals, on one scale that begins at nothing: half of it would make a small change look large.</summary>
internal sealed class EffectPicture
{
    private const double Width = 1000;

    /// <summary>How wide the mark of a value is.</summary>
    private const double Mark = 6;

    private readonly double _end;

    public EffectPicture(Goal goal, Measurement? after)
    {
        _end = goal.Metric.IsRate() ? 1 : 1.05 * new[] { goal.Baseline.Value, goal.Baseline.High ?? 0, goal.Target, after?.Value ?? 0, after?.High ?? 0 }.Max();
        (End, Target) = (goal.Metric.Says(_end), Place(goal.Target));
        Lanes = after is null ? [LaneOf("Before", goal.Baseline)] : [LaneOf("Before", goal.Baseline), LaneOf("After", after)];
    }

    /// <summary>One measurement, in thousandths of the scale.</summary>
    /// <param name="Begins">Where its interval begins; null where it has none.</param>
    /// <param name="Wide">How far that reaches.</param>
    public sealed record Lane(string Name, string Value, string? Begins, string? Wide);

    public IReadOnlyList<Lane> Lanes { get; }

    public string Target { get; }

    /// <summary>What the end of the scale stands for.</summary>
    public string End { get; }

    private Lane LaneOf(string name, Measurement measured) => new(
        name, Place(measured.Value), measured.Low is { } begins ? Number(Width * begins / _end) : null,
        measured is { Low: { } low, High: { } high } ? Number(Width * (high - low) / _end) : null);

    private string Place(double value) => Number(Math.Clamp((Width * value / _end) - (Mark / 2), 0, Width - Mark));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
