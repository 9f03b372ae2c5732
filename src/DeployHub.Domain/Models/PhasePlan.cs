using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models;

/// <summary>How the targets are divided into phases.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AllAtOnce), "all-at-once")]
[JsonDerivedType(typeof(Batches), "batches")]
[JsonDerivedType(typeof(PhaseList), "list")]
public abstract record PhasePlan
{
    private protected PhasePlan() { }
}

public sealed record AllAtOnce : PhasePlan;

/// <param name="Size">Targets a batch: a count, a share such as <c>25%</c>, or <c>${parameter.name}</c>.</param>
public sealed record Batches(string Size) : PhasePlan;

/// <summary>Phases one by one: cohorts, rings, shares of the targets or of the traffic, a twin environment and the switch to it.</summary>
public sealed record PhaseList(IReadOnlyList<PhaseDefinition> Phases) : PhasePlan;

/// <summary>One phase as a model lists it; what is null is taken from the Execute stage.</summary>
/// <param name="Targets">Which targets it takes, as <see cref="TargetChoice"/> reads it.</param>
/// <param name="Traffic">How much of the traffic goes to the new version when the phase is over, such as <c>25%</c>; null leaves the traffic alone.</param>
/// <param name="Soak">How long it is observed, such as <c>10m</c>.</param>
public sealed record PhaseDefinition(string Name, string Targets = "rest", string? Traffic = null, string? Soak = null, Promotion? Promotion = null)
{
    /// <summary>Every text in it that may hold a <c>${parameter.…}</c>.</summary>
    internal IEnumerable<string> Texts() => new[] { Targets, Traffic, Soak }.OfType<string>();
}
