using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Improving;

/// <summary>What came of an improvement.</summary>
/// <param name="After">By the same definition as the baseline.</param>
/// <param name="Suggested">What the figures said.</param>
/// <param name="Verdict">What a person made of them.</param>
/// <param name="Reason">Needed where the two differ.</param>
/// <param name="ByOwner">Whoever answers for the improvement evaluated it; somebody else is preferred.</param>
/// <param name="BeforeDue">Sooner than 30 days and ten deployments after its delivery.</param>
public sealed record Evaluation(Measurement After, EffectVerdict Suggested, EffectVerdict Verdict, string? Reason, Actor By, DateTimeOffset At, bool ByOwner, bool BeforeDue);
