using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Going on with a waiver: what failed is accepted for a time, by somebody who does not operate the run (domain §2.4.4, SOD-4).</summary>
public sealed partial class Run
{
    private static readonly TimeSpan LongestWaiver = TimeSpan.FromDays(90);

    /// <summary>Goes on although checks failed or could not tell. Never by the operator (SOD-4), and not where nothing can make it good.</summary>
    /// <param name="fixesIncident">The deployment was planned to fix an incident: only that goes on while one is active (domain B3).</param>
    /// <param name="isPlanner">Who decides planned the deployment, and so does not waive that others accept it.</param>
    public Result AcceptWithWaiver(Decision decision, bool fixesIncident = false, bool isPlanner = false)
    {
        if (Refusal(decision) is { } refusal) return refusal;
        if (!MayBeWaived) return UnmetDemand() is { } unmet ? RunErrors.DemandNotWaivable(unmet.Name) : RunErrors.NotAllowedFor(ResolutionChoice.AcceptWithWaiver, OpenHalt!.Cause);
        if (decision.By.Is(Operator)) return RunErrors.OperatorMayNotWaive;
        if (isPlanner && FailedHere().Exists(targetRun => targetRun.FailedSteps.Any(step => step.Settings is Accept))) return RunErrors.PlannerMayNotWaive;
        if (!fixesIncident && (OpenHalt!.Cause is HaltCause.ActiveIncident || FailedHere().Exists(targetRun => targetRun.FailedSteps.Any(step => step.FoundIncident)))) return RunErrors.FixesNoIncident;
        if (string.IsNullOrWhiteSpace(decision.Waiver?.CompensatingMeasure)) return RunErrors.MeasureMissing;
        if (decision.Waiver.Until <= decision.At || decision.Waiver.Until > decision.At + LongestWaiver) return RunErrors.WaiverTooLong((int)LongestWaiver.TotalDays);

        Of(OpenHalt!.Stage).IsWaived = true;
        return Continue(ResolutionChoice.AcceptWithWaiver, decision, FailedHere(), targetRun =>
        {
            foreach (var step in targetRun.FailedSteps.Where(step => step.Settings is Accept).ToList()) WaiveAlike(targetRun, step, decision);
            PassOver(targetRun, "waived", decision);
        });
    }

    /// <summary>Only checks and acceptances can be waived, no forged bytes (domain §2.4.4, B5), and of what a trust policy demands only what came to <see cref="HaltCause.PolicyViolation"/>.</summary>
    public bool MayBeWaived =>
        OpenHalt is { Cause: not (HaltCause.LockTimeout or HaltCause.RollbackStepFailed), WasRollingBack: false } halt && !halt.Cause.IsForgery()
        && FailedHere() is { Count: > 0 } failed && failed.TrueForAll(targetRun => targetRun.FailedSteps.All(step => (step.Settings.IsCheck() || step.Settings is Accept) && !step.FoundForgery && !IsUnmetDemand(step)));

    private StepRun? UnmetDemand() => FailedHere().SelectMany(targetRun => targetRun.FailedSteps).FirstOrDefault(step => IsUnmetDemand(step) && !step.FoundForgery);

    /// <summary>A trust policy demands it, and what is missing, unclear, late or out of order is no answer to that. Its end is one, and so is genuine provenance that says something else.</summary>
    private static bool IsUnmetDemand(StepRun failed) => failed.Policy is not null && failed.LastAttempt?.Outcome is not StepOutcome.Failed { Cause: HaltCause.PolicyViolation };

    /// <summary>The acceptance is for the whole run, so nobody is asked for it any more on the other targets, either.</summary>
    private void WaiveAlike(TargetRun targetRun, StepRun waived, Decision decision)
    {
        foreach (var (other, alike) in Alike(targetRun, waived).Where(asked => asked.Step.Status is StepStatus.WaitingForPerson && asked.TargetRun.Status is TargetRunStatus.WaitingForPerson).ToList())
        {
            alike.EndAttempt(attempt => attempt with { EndedAt = decision.At, Outcome = waived.LastAttempt!.Outcome });
            Become(other, alike, StepStatus.SkippedByResolution, decision.By, decision.At, $"{other.Subject}: waived");
            PassOverUnneeded(other, decision.At);
            Move(other, other switch { { CurrentStep: not null } => TargetRunTrigger.Answer, { FailedStep: null } => TargetRunTrigger.Succeed, _ => TargetRunTrigger.Fail }, decision.By, decision.At);
            if (other.Status is TargetRunStatus.Succeeded) Observe(other);
        }
    }
}
