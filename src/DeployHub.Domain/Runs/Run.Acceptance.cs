using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>People who try what was deployed and accept or reject it: their word is for the whole run, not for one target (domain B5).</summary>
public sealed partial class Run
{
    /// <summary>
    /// One person's acceptance, once, with every criterion seen to be so. Refused as confirming is, and with <c>run.criteria-open</c>.
    /// </summary>
    /// <param name="met">The criteria that were ticked.</param>
    public Result Accept(TargetRunId id, int step, IReadOnlyList<string> met, Actor by, DateTimeOffset at)
    {
        var asked = AskedFor<Accept>(id, step, by);
        if (asked.Error is { } refusal) return refusal;
        if (((Accept)asked.Value.Step.Settings).Criteria.Except(met).ToList() is { Count: > 0 } open) return RunErrors.CriteriaOpen(open);

        foreach (var (targetRun, alike) in Alike(asked.Value.TargetRun, asked.Value.Step)) Hear(targetRun, alike, by, at, "accepted");
        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    /// <summary>One person's no is enough: the step fails with <c>BusinessVerificationRejected</c>, and whoever accepted before is asked again after what follows.</summary>
    public Result Reject(TargetRunId id, int step, string reason, Actor by, DateTimeOffset at)
    {
        var asked = AskedFor<Accept>(id, step, by);
        if (asked.Error is { } refusal) return refusal;

        var (targetRun, rejected) = (asked.Value.TargetRun, asked.Value.Step);
        foreach (var (_, alike) in Alike(targetRun, rejected).Where(other => other.Step != rejected)) alike.Readers = Unheard(alike.Readers!);
        var evidence = new Evidence($"Rejected by {by.Name}", reason);
        EndReading(targetRun, rejected, new StepOutcome.Failed($"{by.Name} rejected it: {reason}", HaltCause.BusinessVerificationRejected) { Evidence = [.. Confirmations(rejected), evidence] }, by, at, $"{targetRun.Subject}: {by.Name} rejected “{rejected.Name}”: {reason}");
        rejected.Readers = Unheard(rejected.Readers!);
        DueAt = at;
        SayWhatItWaitsForNow(at);
        return Result.Success;
    }

    /// <summary>The same question on the other targets of the stage, wherever it is not answered yet.</summary>
    private IEnumerable<(TargetRun TargetRun, StepRun Step)> Alike(TargetRun asked, StepRun step) =>
        from targetRun in TargetRuns.Where(targetRun => targetRun.Stage == asked.Stage && targetRun.Phase == asked.Phase)
        from alike in targetRun.Steps
        where alike.Number == step.Number && alike is { Settings: Models.Steps.Accept, Readers: not null, Status: StepStatus.Pending or StepStatus.Running or StepStatus.WaitingForPerson }
        select (targetRun, alike);

    private static IReadOnlyList<Reader> Unheard(IReadOnlyList<Reader> readers) => [.. readers.Select(reader => reader with { ConfirmedAt = null })];
}
