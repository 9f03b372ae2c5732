using System.Text.Json.Serialization;
using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>One thing an executor or verifier found or did, kept for the record. Never a secret.</summary>
public sealed record Evidence(string Name, string Value);

/// <summary>How one visit to a step ended: a closed family.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(TimedOut), "timed-out")]
[JsonDerivedType(typeof(Inconclusive), "inconclusive")]
[JsonDerivedType(typeof(Observed), "observed")]
[JsonDerivedType(typeof(StillRunning), "still-running")]
[JsonDerivedType(typeof(NeedsPerson), "needs-person")]
public abstract record StepOutcome
{
    private StepOutcome() { }

    /// <summary>What it says for the steps after it, by name; null for nothing. A step that failed may have said something, too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Outputs { get; init; }

    public IReadOnlyList<Evidence> WhatShowsIt() => this switch
    {
        Succeeded done => done.Evidence,
        Failed failed => failed.Evidence,
        _ => [],
    };

    public sealed record Succeeded(IReadOnlyList<Evidence> Evidence) : StepOutcome
    {
        public static readonly Succeeded Plain = new([]);
    }

    /// <summary>The world said no.</summary>
    /// <param name="Reason">One sentence for people.</param>
    /// <param name="Cause">Null lets the stage decide.</param>
    public sealed record Failed(string Reason, HaltCause? Cause = null) : StepOutcome
    {
        public IReadOnlyList<Evidence> Evidence { get; init; } = [];
    }

    /// <summary>The time limit ended it; the process tree was killed.</summary>
    public sealed record TimedOut(string Reason) : StepOutcome;

    /// <summary>A check that could not tell; treated as failed unless a person waives it.</summary>
    public sealed record Inconclusive(string Reason) : StepOutcome;

    /// <summary>What a look at the target saw. It is no verdict: <see cref="DriftVerdict"/> makes one of it before it is recorded.</summary>
    public sealed record Observed(IReadOnlyList<SeenFact> Facts) : StepOutcome
    {
        /// <summary>What the target was compared with as a whole; the facts are then only what differs. Null for facts that were looked at one by one.</summary>
        public EnvironmentDefinition? Definition { get; init; }

        /// <summary>What else the look found, for the record.</summary>
        public IReadOnlyList<Evidence> Evidence { get; init; } = [];
    }

    /// <summary>Long work goes on without holding a thread.</summary>
    /// <param name="Ticket">What the executor needs to find its work again; given back on the next visit.</param>
    public sealed record StillRunning(string Ticket, TimeSpan CheckAgainIn) : StepOutcome
    {
        /// <summary>Who outside does it and reports its end, in words; null when the executor finds out by itself.</summary>
        public string? ReportedBy { get; init; }
    }

    /// <summary>Waits until a person says done, not done or problem.</summary>
    public sealed record NeedsPerson : StepOutcome;
}
