using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What a run that is over shows of the case it was to rehearse (domain A3).</summary>
public static class RehearsalJudgement
{
    /// <param name="editors">Who wrote the model: they do not prove that its instructions suffice.</param>
    public static Rehearsal Of(Run run, Plan plan, IReadOnlyList<Actor> editors)
    {
        var planned = plan.Rehearsal ?? throw new ArgumentException("No rehearsal was planned.", nameof(plan));
        var objection = ObjectionTo(run, planned, editors);
        return new Rehearsal(planned.Case, objection is null, objection ?? Shown(run, planned.Case), plan.ModelDigest, run.Operator, run.EndedAt!.Value)
        {
            Run = run.Name,
            Took = run.EndedAt - (run.StartedAt ?? run.QueuedAt),
        };
    }

    /// <summary>
    /// What it shows besides the case that it was planned for: whichever of the two it was to show, a failure that halts and is led back is a forced
    /// failure and a rollback from the middle of Execute (domain A3 b and c).
    /// </summary>
    public static Rehearsal? Besides(Run run, Plan plan, IReadOnlyList<Actor> editors)
    {
        if (plan.Rehearsal is not { Case: RehearsalCase.ForcedFailure or RehearsalCase.Rollback } planned) return null;

        var other = planned.Case is RehearsalCase.ForcedFailure ? RehearsalCase.Rollback : RehearsalCase.ForcedFailure;
        var shown = Of(run, plan with { Rehearsal = planned with { Case = other } }, editors);
        return shown.Passed ? shown : null;
    }

    private static string? ObjectionTo(Run run, PlannedRehearsal planned, IReadOnlyList<Actor> editors) => planned.Case switch
    {
        RehearsalCase.Pass => ObjectionToPass(run),
        RehearsalCase.ByInstructions => ObjectionToPass(run) ?? ObjectionToHands(run, editors),
        RehearsalCase.ForcedFailure => ObjectionToFailure(run, planned),
        _ => ObjectionToFailure(run, planned) ?? (run.Status is RunStatus.RolledBack ? null : $"It halted, but was not rolled back: {run.Name} is {Words.Of(run.Status)}."),
    };

    private static string? ObjectionToPass(Run run)
    {
        if (run.Halts.Count > 0) return $"It halted: {run.Halts[0].Sentence}";
        if (run.Status is not RunStatus.Succeeded) return $"{run.Name} is {Words.Of(run.Status)}.";

        return run.TargetRuns.Any(targetRun => targetRun.IsTouched) ? null : "No step of Execute was done on any target, so it shows nothing of them.";
    }

    private static string? ObjectionToFailure(Run run, PlannedRehearsal planned)
    {
        if (planned.FailAt is { } step && run.MadeToFailAt is null) return $"“{step}” was never reached, so nothing was made to fail.";
        return run.Halts.Any(halt => halt is { Stage: Stage.Execute, IsAtGate: false } && halt.Cause is not HaltCause.StoppedByPerson) ? null : "No failure halted it during Execute.";
    }

    private static string? ObjectionToHands(Run run, IReadOnlyList<Actor> editors)
    {
        var hands = run.TargetRuns.SelectMany(targetRun => targetRun.Steps).Where(step => step.Settings is ManualWork).Select(step => step.LastAttempt?.AnsweredBy).OfType<Actor>().ToList();
        if (hands.Count == 0) return "Nobody did a step by hand.";
        return hands.Find(hand => editors.Any(hand.Is)) is { } author ? $"{author.Name} wrote the model and did a step of it: somebody else has to follow its instructions." : null;
    }

    private static string Shown(Run run, RehearsalCase rehearsed) => rehearsed switch
    {
        RehearsalCase.Pass => "All four stages passed.",
        RehearsalCase.ByInstructions => "All steps by hand were done by people who did not write them.",
        RehearsalCase.ForcedFailure => $"It halted: {run.Halts[0].Sentence}",
        _ => "It halted during Execute and every touched target is back at its baseline.",
    };
}
