using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>One check of a dry verification, and what came of it.</summary>
/// <param name="Number">From 1 within its subject, as in a run.</param>
/// <param name="Settings">With every <c>${…}</c> filled but secrets.</param>
/// <param name="VersionId">The version it checks; null when it is about the target alone.</param>
/// <param name="Timeout">How long it may take.</param>
public sealed record DryCheck(int Number, string Name, StepSettings Settings, ComponentVersionId? VersionId, TimeSpan Timeout)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5); // somebody waits for it

    /// <summary>Why it does not apply outside of a run, in a sentence; null when it does.</summary>
    public string? WhyNot { get; init; }

    /// <summary>The trust policy that demands it; null when the model or the environment asks for it.</summary>
    public TrustPolicyMark? Policy { get; init; }

    public StepOutcome? Outcome { get; init; }

    /// <summary>The worker that looked.</summary>
    public string? By { get; init; }

    /// <summary>When it was over; null while nobody has looked.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    internal static DryCheck Plan(StepRun step, IConditions conditions, DateTimeOffset at)
    {
        var check = new DryCheck(step.Number, step.Name, step.Settings, step.VersionId, step.Timeout < Longest ? step.Timeout : Longest) { Policy = step.Policy };
        if (!step.Settings.IsCheck()) return check with { WhyNot = "It is no check: it is done in a run only.", EndedAt = at };
        if (step.UsesOutputs || (step.When is { } when && Template.NamesIn(when).Any(StepOutputs.IsOutput))) return check with { WhyNot = "It depends on what earlier steps of a run say.", EndedAt = at };
        if (step.When is not { } condition) return check;

        var holds = conditions.Judge(condition, step.WhenValues ?? new Dictionary<string, string>());
        if (holds.Error is { } cannotTell) return check with { Outcome = new StepOutcome.Failed($"Its condition {condition} could not be judged: {cannotTell.Message}"), EndedAt = at };

        return holds.Value ? check : check with { WhyNot = $"Its condition is false: {condition}.", EndedAt = at };
    }
}
