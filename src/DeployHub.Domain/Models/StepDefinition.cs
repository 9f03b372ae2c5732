using System.Text.Json.Serialization;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models;

/// <summary>One step as a model describes it.</summary>
public sealed record StepDefinition(string Name, StepSettings Settings)
{
    /// <summary>How many steps may run together: SSH servers let ten sessions share a connection, unless told otherwise.</summary>
    public const int MostTogether = 8;

    /// <summary>Names it for the steps after it, which use its outputs as <c>${step.key.output}</c>; null when none does.</summary>
    public string? Key { get; init; }

    /// <summary>The condition under which it runs, such as <c>${parameter.migrate} &amp;&amp; ${step.plan.changes} > 0</c>; null for always. See <see cref="IConditions"/>.</summary>
    public string? When { get; init; }

    /// <summary>Names a group: the neighbours with the same name begin at once, and what follows waits for all of them. Null for a step that runs alone.</summary>
    public string? Together { get; init; }

    /// <summary>Such as <c>15m</c>; the default of domain Appendix A.</summary>
    public string Timeout { get; init; } = "15m";

    /// <summary>Automatic retries of a failed step, at most 3, and only for steps that may run again (domain A-V8).</summary>
    public int Retries { get; init; }

    /// <summary>What a lost worker means for this step; null takes the kind's own answer.</summary>
    public AfterLoss? AfterLoss { get; init; }

    /// <summary>Finds out, by passing or failing, whether the step happened; needed for <see cref="Steps.AfterLoss.Probe"/>.</summary>
    public StepSettings? Probe { get; init; }

    /// <summary>Whether it runs after the steps before it succeeded, after one of them failed, or both.</summary>
    public StepRuns Runs { get; init; }

    /// <summary>What its failure means for the steps after it.</summary>
    public IfItFails IfItFails { get; init; }

    /// <summary>Where it comes from; null when the model's document writes it out. No run and no digest knows of it.</summary>
    public BlockUse? Use { get; init; }

    /// <summary>Every name that it reads, in its settings, its probe and its condition; secrets as <c>secret:name</c>.</summary>
    [JsonIgnore]
    public IEnumerable<string> NamesRead => new[] { Settings, Probe }.OfType<StepSettings>().SelectMany(Template.NamesIn).Concat(Template.NamesIn(When ?? ""));

    /// <summary>For whoever may be asked its quiz: the same without what is right (domain J12).</summary>
    public StepDefinition WithoutRightAnswers() => Settings is Acknowledge asks ? this with { Settings = asks.WithoutRightAnswers() } : this;

    public AfterLoss WhenLost => AfterLoss ?? (Probe is null ? Settings.AfterLoss : Steps.AfterLoss.Probe);
}

/// <summary>What has to have become of the steps before it, on the same subject.</summary>
public enum StepRuns
{
    /// <summary>All of them succeeded.</summary>
    OnSuccess,

    /// <summary>One of them failed: it limits the harm before the run halts.</summary>
    OnFailure,

    /// <summary>Either: it cleans up.</summary>
    Always,
}

public enum IfItFails
{
    /// <summary>The subject counts as failed.</summary>
    Halt,

    /// <summary>The record says so, and the steps after it follow.</summary>
    GoOn,
}
