using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Whoever follows the instructions, a second pair of eyes, and who lets the next phase begin: each by the command that a page would send.</summary>
internal sealed class ByHand(TestHub hub, TestPerson first, TestPerson second)
{
    /// <summary>The next step of Execute that is done by hand is a problem.</summary>
    public bool HasProblem { get; set; }

    public async Task HelpAsync(ShowRun.View run)
    {
        if (run.Observed is { Status: PhaseStatus.AwaitingPromotion } waiting) await PromoteAsync(run.Name, waiting.Phase);
        foreach (var task in run.TargetRuns.SelectMany(targetRun => targetRun.Steps).Select(step => step.Task).OfType<ManualTask>()) await DoAsync(run.Name, task);
    }

    /// <summary>A phase that was promoted a moment ago may have gone on since it was looked at.</summary>
    private async Task PromoteAsync(string run, int phase)
    {
        var promoted = await hub.As(first).Send(new PromotePhase(run, phase, "Nobody complained."));
        if (promoted.Error is not { Code: "run.nothing-to-promote" }) promoted.Done();
    }

    private async Task DoAsync(string run, ManualTask task)
    {
        if (task.ToBeConfirmed is not null)
        {
            (await hub.As(second).Send(new ConfirmManualStep(run, task.Stage, task.Subject, task.Step, task.Attempt))).Done();
            return;
        }

        var isProblem = HasProblem && task.Stage is Stage.Execute;
        if (isProblem) HasProblem = false;
        var answer = new AnswerManualStep(run, task.Stage, task.Subject, task.Step, isProblem ? ManualAnswer.Problem : ManualAnswer.Done, "As the instruction says.")
        {
            Files = task.Evidence is EvidenceRule.File ? [new EvidenceFile("seen.jpg", [1])] : [],
            Values = isProblem ? null : task.Values.ToDictionary(value => value.Name, value => value.Expected ?? "12"),
            Attempt = task.Attempt,
        };
        var answered = await hub.As(first).Send(answer);
        if (answered.Error is { Code: "people.in-both" }) answered = await hub.As(second).Send(answer); // the model has somebody else do it
        answered.Done();
    }
}
