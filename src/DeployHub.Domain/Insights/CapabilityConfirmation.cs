using DeployHub.Domain.Access;

namespace DeployHub.Domain.Insights;

public readonly record struct CapabilityConfirmationId(Guid Value) : IId<CapabilityConfirmationId>
{
    public static CapabilityConfirmationId New() => new(Guid.CreateVersion7());

    public static CapabilityConfirmationId From(Guid value) => new(value);
}

/// <summary>A person's word that the practice is at a level, with the evidence as it was then. Never changed: the next one stands beside it.</summary>
public sealed class CapabilityConfirmation
{
    private CapabilityConfirmation() { }

    public CapabilityConfirmationId Id { get; private init; }

    /// <summary>From 1 to 5.</summary>
    public int Level { get; private init; }

    /// <summary>What the person adds to the figures.</summary>
    public string Note { get; private init; } = "";

    public IReadOnlyList<CapabilityEvidence> Evidence { get; private init; } = [];

    public Actor By { get; private init; } = Actor.System;

    public DateTimeOffset At { get; private init; }

    /// <summary>Refused with <c>capability.not-shown</c> for a level that the evidence does not show (domain §0.4); a lower one may be confirmed.</summary>
    public static Result<CapabilityConfirmation> Confirm(int level, string note, IReadOnlyList<CapabilityEvidence> evidence, Actor by, DateTimeOffset at)
    {
        var shown = Capability.LevelOf(evidence);
        if (level > shown || level < 1) return NotShown(level, shown, evidence);

        return new CapabilityConfirmation { Id = CapabilityConfirmationId.New(), Level = level, Note = note, Evidence = evidence, By = by, At = at };
    }

    private static Error NotShown(int level, int shown, IReadOnlyList<CapabilityEvidence> evidence)
    {
        var missing = evidence.FirstOrDefault(row => row.Level == shown + 1 && row.State is not EvidenceState.Holds);
        return Error.Invalid("capability.not-shown", nameof(Level), $"The records show level {shown}, not {level}: “{missing?.Requirement}” is missing ({missing?.Found}).");
    }
}
