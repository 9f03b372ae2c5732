namespace DeployHub.Domain.Deployments.Clashing;

/// <summary>What two deployments at the same time have in common.</summary>
public enum ClashKind
{
    /// <summary>A component in one environment: only one of them may execute at a time (domain §2.4.2), so nobody can accept it.</summary>
    Lock,

    /// <summary>Targets that both touch.</summary>
    Targets,

    /// <summary>One brings a component on which a version of the other depends.</summary>
    Dependency,

    /// <summary>Somebody would have to be at both.</summary>
    People,
}

/// <summary>A clash that somebody takes the responsibility for.</summary>
/// <param name="With">Number of the other deployment.</param>
/// <param name="What">What stood between the two then; a clash that is another one, or has grown, is accepted anew.</param>
public sealed record AcceptedClash(string With, string Reason, Access.Actor By, DateTimeOffset At, IReadOnlyList<AcceptedPart>? What = null)
{
    public bool Covers(Clash clash) => With == clash.With && What?.Any(part => part.Covers(clash)) == true;
}

/// <summary>One reason against both at the same time, as it was accepted.</summary>
public sealed record AcceptedPart(ClashKind Kind, Slot Overlap, IReadOnlyList<string> Shared)
{
    public static AcceptedPart Of(Clash clash) => new(clash.Kind, clash.Overlap, clash.Shared);

    public bool Covers(Clash clash) =>
        clash.Kind == Kind && clash.Shared.All(Shared.Contains) && Overlap.Start <= clash.Overlap.Start && clash.Overlap.End <= Overlap.End;
}

/// <summary>One reason why two deployments should not happen at the same time.</summary>
/// <param name="With">Number of the other deployment.</param>
/// <param name="Overlap">When both are planned.</param>
/// <param name="Shared">What they share: components, targets, declarations or names of people.</param>
/// <param name="Sentence">What, who and when.</param>
public sealed record Clash(string With, string Title, ClashKind Kind, Slot Overlap, IReadOnlyList<string> Shared, string Sentence)
{
    /// <summary>Null while nobody took the responsibility for it.</summary>
    public AcceptedClash? Accepted { get; init; }

    /// <summary>A lock is no matter of opinion.</summary>
    public bool MayBeAccepted => Kind is not ClashKind.Lock;

    /// <summary>Somebody still has to do something about it.</summary>
    public bool IsOpen => Accepted is null;
}
