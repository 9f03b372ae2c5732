using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What a step needs when it is reached, before a worker may begin it: its condition judged, and filled in what earlier steps said.</summary>
public sealed partial class Run
{
    private const int LongestShown = 100;

    /// <returns>True when something changed by it.</returns>
    private bool PrepareSteps(IConditions conditions, DateTimeOffset at)
    {
        var reached = TargetRuns.Where(targetRun => (IsInTurn(targetRun, at) || targetRun.LeaseUntil is not null) && ToPrepare(targetRun, at) is not null).ToList();
        foreach (var targetRun in reached)
        {
            while (ToPrepare(targetRun, at) is { } step)
            {
                Prepare(targetRun, step, conditions, at);
                PassOverUnneeded(targetRun, at);
            }

            EndIfOver(targetRun, at);
        }

        return reached.Count > 0;
    }

    /// <summary>All members of a group come first, one after the other: none begins when another cannot.</summary>
    private static StepRun? ToPrepare(TargetRun targetRun, DateTimeOffset at) => targetRun.StepsAtHand.FirstOrDefault(step => step.AwaitsPreparation && step.IsDue(at));

    private void Prepare(TargetRun targetRun, StepRun step, IConditions conditions, DateTimeOffset at)
    {
        var outputs = targetRun.OutputsFor(step);
        if (step.When is { } condition)
        {
            var values = new Dictionary<string, string>([.. step.WhenValues ?? new Dictionary<string, string>(), .. outputs]);
            var holds = conditions.Judge(condition, values);
            if (holds.Error is { } cannotTell) FailUnbegun(targetRun, step, $"Its condition {condition} could not be judged: {cannotTell.Message}", at);
            else if (!holds.Value) LeaveOut(targetRun, step, condition, values, at);
            if (holds is not { Error: null, Value: true }) return;
        }

        var filled = StepOutputs.Fill(step.Expanded, outputs);
        var probe = step.ExpandedProbe is { } look ? StepOutputs.Fill(look, outputs) : (Result<StepSettings>?)null;
        if ((filled.Error ?? probe?.Error) is { } missing)
        {
            FailUnbegun(targetRun, step, missing.Message, at);
            return;
        }

        if (step.UsesOutputs) (step.Filled, step.FilledProbe) = (filled.Value, probe?.Value);
        step.IsPrepared = true;
    }

    private void LeaveOut(TargetRun targetRun, StepRun step, string condition, Dictionary<string, string> values, DateTimeOffset at)
    {
        var known = Template.NamesIn(condition).Distinct().Where(values.ContainsKey).Select(name => $"{name} is {Shortened(values[name])}").ToList();
        step.WhyNot = $"Its condition is false: {condition}{(known.Count == 0 ? "" : $" ({Words.List(known)})")}.";
        Become(targetRun, step, StepStatus.NotApplicable, Actor.System, at, $"{targetRun.Subject}: “{step.Name}” does not apply. {step.WhyNot}");
    }

    /// <summary>No worker had it and nothing was touched; trying again by itself would find the same.</summary>
    private void FailUnbegun(TargetRun targetRun, StepRun step, string reason, DateTimeOffset at)
    {
        step.Attempts = [.. step.Attempts, new Attempt(step.Attempts.Count + 1, at, "") { EndedAt = at, Outcome = new StepOutcome.Failed(reason) }];
        Become(targetRun, step, step.IfItFails is IfItFails.GoOn ? StepStatus.Tolerated : StepStatus.Failed, Actor.System, at, $"{targetRun.Subject}: “{step.Name}” could not begin. {reason}");
    }

    private static string Said(TargetRun targetRun, StepRun step) =>
        step.Outputs.Count == 0 ? "" : $"{targetRun.Subject}: {step.Name} said {Words.List(step.Outputs.Select(said => $"{said.Key} = {Shortened(said.Value)}"))}";

    private static string Shortened(string value) => value.Length == 0 ? "empty" : Words.Beginning(value, LongestShown);
}
