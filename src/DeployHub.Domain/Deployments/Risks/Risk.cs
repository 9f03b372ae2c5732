namespace DeployHub.Domain.Deployments.Risks;

/// <summary>What a plan risks, computed when it is submitted and kept with it, and what people said of that (domain §2.6).</summary>
public sealed record Risk
{
    /// <summary>The highest sum that is still low.</summary>
    public const int LowUntil = 6;

    /// <summary>The highest sum that is still medium.</summary>
    public const int MediumUntil = 12;

    /// <summary>All seven, in the order of their kinds.</summary>
    public required IReadOnlyList<RiskFactor> Factors { get; init; }

    /// <summary>The plan it is about.</summary>
    public required Digest PlanDigest { get; init; }

    public required DateTimeOffset AssessedAt { get; init; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<RiskChange> Changes { get; init; } = [];

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

    /// <summary>What counts: what a person said last, or else what the factors say.</summary>
    public RiskBand Band => Changes is [.., var last] ? last.To : Computed;

    public static Risk Of(RiskFacts facts, Digest plan, DateTimeOffset at) => new() { Factors = RiskFactors.Of(facts, at), PlanDigest = plan, AssessedAt = at };

    /// <summary>
    /// For a plan that was changed: what raised the risk is kept, so that an edit does not shake off somebody's worry; what lowered it was said of
    /// another plan and is void.
    /// </summary>
    public Risk After(Risk? before) => before?.Changes is [.., { Raises: true } raised] && raised.To > Computed
        ? this with { Changes = [raised with { From = Computed }] }
        : this;

    /// <summary>Such as “low risk, 6 of 21”.</summary>
    public string InWords => $"{Words.Of(Band)} risk, {Sum} of {Factors.Count * RiskFactor.Most}";
}
