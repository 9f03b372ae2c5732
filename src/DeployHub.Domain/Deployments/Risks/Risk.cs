namespace DeployHub.Domain.Deployments.Risks;

/// <summary>What a plan risks, computed when it is submitted and kept with it, and what people said of that (domain §2.6).</summary>
public sealed record Risk
{
    /// <summary>The highest sum that is still low.</summary>
    public const int LowUntil = 6;

    /// <summary>The highest sum that is still medium.</summary>
    public const int MediumUntil = 12;

    private const string WasPlanned = "On demand now; of the slot that was given up: ";

    /// <summary>All seven, in the order of their kinds.</summary>
    public required IReadOnlyList<RiskFactor> Factors { get; init; }

    /// <summary>The plan it is about.</summary>
    public required Digest PlanDigest { get; init; }

    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>What people said of this assessment; the oldest first.</summary>
    public IReadOnlyList<RiskChange> Changes { get; init; } = [];

    /// <summary>What raised the risk of the same deployment before it was assessed again; the oldest first.</summary>
    public IReadOnlyList<RiskChange> Worries { get; init; } = [];

    /// <summary>0 to 21.</summary>
    public int Sum => Factors.Sum(factor => factor.Points);

    /// <summary>Why the risk is at least medium whatever the sum; null when the sum alone decides.</summary>
    public string? Floor => Factors.FirstOrDefault(factor => factor is { Points: RiskFactor.Most, Kind: RiskFactorKind.Reversibility or RiskFactorKind.Evidence })?.Reason;

    /// <summary>What the factors say.</summary>
    public RiskBand Computed => (Sum, Floor) switch
    {
        ( > MediumUntil, _) => RiskBand.High,
        ( > LowUntil, _) or (_, not null) => RiskBand.Medium,
        _ => RiskBand.Low,
    };

    /// <summary>What counts: what a person said last of this assessment, or else what the factors and earlier worries say; never below the floor.</summary>
    public RiskBand Band => Changes is [.., var last] ? Higher(last.To, Floor is null ? RiskBand.Low : RiskBand.Medium) : Worries.Aggregate(Computed, (band, worry) => Higher(band, worry.To));

    public static Risk Of(RiskFacts facts, Digest plan, DateTimeOffset at) => new() { Factors = RiskFactors.Of(facts, at), PlanDigest = plan, AssessedAt = at };

    /// <summary>
    /// For a plan or a slot that was changed: whatever raised the risk is kept, so that no edit shakes off somebody's worry; what lowered it was
    /// said of another one and is void. A slot that was dropped counts no less than it did, since nobody says when it happens instead.
    /// </summary>
    /// <param name="isOnDemand">It has no slot now.</param>
    public Risk After(Risk? before, bool isOnDemand = false) => before is null ? this : this with
    {
        Factors = isOnDemand ? [.. Factors.Select(factor => Dropped(factor, before))] : Factors,
        Worries = [.. before.Worries, .. before.Changes.Where(change => change.Raises)],
    };

    private static RiskFactor Dropped(RiskFactor now, Risk before) =>
        now.Kind is RiskFactorKind.Timing && before.Factors.FirstOrDefault(factor => factor.Kind is RiskFactorKind.Timing) is { } then && then.Points > now.Points
            ? then with { Reason = then.Reason.StartsWith(WasPlanned, StringComparison.Ordinal) ? then.Reason : $"{WasPlanned}{then.Reason}" }
            : now;

    private static RiskBand Higher(RiskBand one, RiskBand other) => one > other ? one : other;

    /// <summary>Such as “low risk, 6 of 21”.</summary>
    public string InWords => $"{Words.Of(Band)} risk, {Sum} of {Factors.Count * RiskFactor.Most}";
}
