using System.Text.Json.Serialization;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>What an organisation asks for with its agreement: a task that has to be met before a run starts.</summary>
/// <param name="Number">From 1 within the request.</param>
/// <param name="Bounds">Checked against the slot whenever it moves; null where a person says that it is met.</param>
public sealed record AlignmentCondition(int Number, string Text, TimeBounds? Bounds = null)
{
    /// <summary>Null until it is met.</summary>
    public MetCondition? Met { get; init; }

    [JsonIgnore]
    public bool IsMet => Met is not null;

    internal AlignmentCondition CheckedAgainst(Slot? slot, DateTimeOffset at) => Bounds switch
    {
        null => this,
        var bounds when bounds.HoldFor(slot) => IsMet ? this : this with { Met = new MetCondition($"It starts on {WallTime.Said(slot!.Start, bounds.TimeZone)}.", Actor.System, at) },
        _ => this with { Met = null },
    };
}

/// <param name="Note">How it was met.</param>
public sealed record MetCondition(string Note, Actor By, DateTimeOffset At);
