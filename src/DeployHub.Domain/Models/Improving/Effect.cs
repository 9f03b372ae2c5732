namespace DeployHub.Domain.Models.Improving;

public enum EffectVerdict
{
    Effective,
    NoEffect,
    Worse,
}

/// <summary>What became of a metric. Only intervals that do not overlap show a change (domain MR-7).</summary>
public sealed record Effect(Measurement Before, Measurement After)
{
    public bool IsClear =>
        Before is { Low: { } lowBefore, High: { } highBefore } && After is { Low: { } lowAfter, High: { } highAfter } && (lowAfter > highBefore || lowBefore > highAfter);

    /// <summary>What the figures say; a person confirms it.</summary>
    public EffectVerdict Suggested => !IsClear ? EffectVerdict.NoEffect : Before.Metric.IsBetter(After.Value, Before.Value) ? EffectVerdict.Effective : EffectVerdict.Worse;

    /// <summary>Both figures, and what they tell.</summary>
    public override string ToString() => $"{Words.Title(Before.Metric)}: {Before} before, {After} after. {Told}";

    /// <summary>“The intervals overlap: no clear change.”</summary>
    public string Told => this switch
    {
        { IsClear: true } => $"The intervals do not overlap: the {Words.Of(Before.Metric)} is clearly {Direction}.",
        { Before.Low: not null, After.Low: not null } => "The intervals overlap: no clear change.",
        _ => "Fewer than five deployments stand behind one of the two: no clear change.",
    };

    private string Direction => (Before.Metric.IsRate(), After.Value > Before.Value) switch
    {
        (true, true) => "higher",
        (true, false) => "lower",
        (false, true) => "longer",
        (false, false) => "shorter",
    };
}
