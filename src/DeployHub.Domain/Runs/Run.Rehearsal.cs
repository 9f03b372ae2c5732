using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>A failure that a rehearsal forces (domain A3 b and c).</summary>
public sealed partial class Run
{
    /// <summary>The Execute step that counts as failed, however it ends, until the run has halted; null in a real run.</summary>
    public string? FailAt { get; private init; }

    /// <summary>When it was made to fail; null before.</summary>
    public DateTimeOffset? MadeToFailAt { get; private set; }

    private bool HasHaltedAsRehearsed => MadeToFailAt is { } madeToFail && Halts.Any(halt => halt.At >= madeToFail);

    /// <summary>The work was done, so what follows, going on or leading back, meets a target as a real failure leaves it.</summary>
    private StepOutcome AsRehearsed(TargetRun targetRun, StepRun step, StepOutcome outcome, DateTimeOffset at)
    {
        if (FailAt is null || outcome is not StepOutcome.Succeeded succeeded || targetRun.Stage is not Stage.Execute || step.Name != FailAt || HasHaltedAsRehearsed || IsRollingBack) return outcome;

        MadeToFailAt ??= at;
        return new StepOutcome.Failed("The rehearsal made it fail; the work itself was done.") { Evidence = succeeded.Evidence, Outputs = succeeded.Outputs };
    }

    /// <summary>The step that is made to fail unless somebody names another, of a rehearsal that brings a version.</summary>
    public static string? LastToFail(ModelContent model) => LastToFail(model.Execute.Steps);

    /// <summary>
    /// The last that a worker does and whose failure stops the run; one that depends on a condition only where there is no other, because it may never
    /// be reached.
    /// </summary>
    public static string? LastToFail(IReadOnlyList<StepDefinition> steps) => (steps.LastOrDefault(step => step.When is null && MayFail(step)) ?? steps.LastOrDefault(MayFail))?.Name;

    public static bool MayFail(StepDefinition step) =>
        step is { IfItFails: IfItFails.Halt, Runs: StepRuns.OnSuccess } && step.Settings is not (Models.Steps.ManualWork or Models.Steps.AsksPeople or Models.Steps.Wait);
}
