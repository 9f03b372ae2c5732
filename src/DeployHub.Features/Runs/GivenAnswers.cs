using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.DueWork;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What becomes of an answer to a manual step, whichever door it came through.</summary>
internal static class GivenAnswers
{
    /// <param name="taken">In whose place it is done; null where that is nobody's.</param>
    public static async Task<Result> AnswerAsync(this DeployHubDb db, Run run, AnswerManualStep command, TakenOver? taken, Actor by, Doorbell doorbell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var asked = run.Asked(command.Stage, command.Subject, command.Step, command.Attempt);
        if (asked.Error is { } refusal) return refusal;

        var given = new AnswerGiven(command.Answer, command.Note)
        {
            Files = await db.KeepAsync(run, command.Files ?? [], by, at, cancellationToken),
            Values = command.Values ?? new Dictionary<string, string>(),
            OnDeviceAt = command.OnDeviceAt,
            TakenOver = taken,
        };
        var answered = run.Answer(asked.Value, command.Step, given, by, at);
        return answered.Error is null ? await db.GoOnAsync(run, doorbell, at, cancellationToken) : answered;
    }

    /// <summary>
    /// In whose place a step of a role slot is done: nobody's for whoever the plan names for it. Refused for whoever is not fit for it, and
    /// without a reason where others are named.
    /// </summary>
    public static async Task<Result<TakenOver?>> PlaceOfAsync(this DeployHubDb db, Run run, AnswerManualStep command, Caller caller, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var step = run.TargetRuns.Where(targetRun => targetRun.Stage == command.Stage && targetRun.Subject == command.Subject).SelectMany(targetRun => targetRun.Steps).FirstOrDefault(known => known.Number == command.Step);
        if (step?.Settings is not ManualWork { Slot: { } slot }) return Result<TakenOver?>.Succeeded(null);

        var deployment = await db.Deployments.SingleAsync(known => known.Id == run.DeploymentId, cancellationToken);
        var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
        var who = await db.CallingAsync(caller, services, environment, cancellationToken);
        var taken = deployment.TakeStepOf(slot, who, command.TakenOver, [], at, run.Doers());
        if (taken.Error is { Code: "people.not-qualified" }) // only then it is of interest who could, which takes everybody
            taken = deployment.TakeStepOf(slot, who, command.TakenOver, await db.ColleaguesAsync(deployment, cancellationToken), at, run.Doers());
        if (taken.Error is { } refusal) return refusal;
        return Result<TakenOver?>.Succeeded(taken.Value.Count == 0 ? null : new TakenOver(Words.List(taken.Value.Select(person => person.Name)), command.TakenOver!.Trim()));
    }

    /// <summary>Stores what the answer means for others, and rings for what follows it.</summary>
    public static async Task<Result> GoOnAsync(this DeployHubDb db, Run run, Doorbell doorbell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.SettleAsync([run], at, cancellationToken);
        db.AfterCommit.Add(() => doorbell.RingFor(run, at));
        return Result.Success;
    }

    /// <summary>The same file may show several things; it is kept once.</summary>
    private static async Task<IReadOnlyList<Evidence>> KeepAsync(this DeployHubDb db, Run run, IReadOnlyList<EvidenceFile> files, Actor by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var evidence = new List<Evidence>();
        foreach (var file in files)
        {
            var stored = StoredEvidence.Of(run.Id, file, by, at);
            if (evidence.TrueForAll(known => known.Value != stored.Digest.ToString())
                && !await db.StoredEvidence.AnyAsync(known => known.RunId == stored.RunId && known.Digest == stored.Digest, cancellationToken)) db.StoredEvidence.Add(stored);
            evidence.Add(new Evidence($"File {file.Name}", stored.Digest.ToString()));
        }

        return evidence;
    }
}
