namespace DeployHub.Domain.Deployments.Risks;

/// <summary>The seven things that a risk is made of (domain §2.6).</summary>
public enum RiskFactorKind
{
    /// <summary>How much of what users depend on changes before anybody has seen it work.</summary>
    BlastRadius,

    /// <summary>How sure the way back is.</summary>
    Reversibility,

    /// <summary>What is done for the first time.</summary>
    Novelty,

    /// <summary>What shows beforehand that these versions work.</summary>
    Evidence,

    /// <summary>Who is there when it happens.</summary>
    Timing,

    /// <summary>What else leans on it.</summary>
    Coupling,

    /// <summary>How it went before.</summary>
    History,
}

/// <summary>One of the seven, with why it counts as it does.</summary>
/// <param name="Points">0 to 3.</param>
/// <param name="Reason">A whole sentence.</param>
public sealed record RiskFactor(RiskFactorKind Kind, int Points, string Reason)
{
    public const int Most = 3;
}
