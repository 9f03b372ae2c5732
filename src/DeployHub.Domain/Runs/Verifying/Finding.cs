using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>What a check came to.</summary>
public enum Verdict
{
    /// <summary>Nobody has looked yet.</summary>
    Pending,
    Pass,
    Fail,

    /// <summary>It looked and could not tell: never a pass.</summary>
    Inconclusive,
    NotApplicable,

    /// <summary>It failed or could not tell, and a person decided to go on all the same.</summary>
    Waived,
}

/// <summary>Who decided to go on, and on what terms.</summary>
public sealed record WaivedBy(Actor Who, DateTimeOffset At, string Diagnosis, Waiver? Terms);

/// <summary>One check on one subject, as evidence: what was looked at, against which expectation, by whom or what, when, and what came of it.</summary>
/// <param name="Check">As the model names it.</param>
/// <param name="Kind">Such as <c>check-http</c>.</param>
/// <param name="Expectation">In words.</param>
/// <param name="Found">Why it did not pass, or does not apply; null when there is nothing to say beside the evidence.</param>
/// <param name="By">The worker that looked, or the person who answered; null while nobody has.</param>
/// <param name="At">When it ended.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Digest">SHA-256 over verdict, reason and evidence as they were recorded, to compare a copy with; null while there is none.</param>
public sealed record Finding(
    Stage Stage, int Phase, string Subject, int Step, string Check, string Kind, string Expectation, Verdict Verdict, string? Found, IReadOnlyList<Evidence> Evidence,
    string? By, DateTimeOffset? At, int Attempts, Digest? Digest, WaivedBy? Waived)
{
    /// <summary>The trust policy that demands it; null when the model or the environment asks for it.</summary>
    public TrustPolicyMark? Policy { get; init; }

    /// <summary>For those who may not see logs and evidence (domain §4.2).</summary>
    public Finding WithoutEvidence() => this with { Found = null, Evidence = [] };
}
