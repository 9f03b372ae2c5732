using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What becomes of an answer to a manual step, whichever door it came through.</summary>
internal static class GivenAnswers
{
    public static async Task<Result> AnswerAsync(this DeployHubDb db, Run run, AnswerManualStep command, Actor by, Doorbell doorbell, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var asked = run.Asked(command.Stage, command.Subject, command.Step, command.Attempt);
        if (asked.Error is { } refusal) return refusal;

        var given = new AnswerGiven(command.Answer, command.Note)
        {
            Files = await db.KeepAsync(run, command.Files ?? [], by, at, cancellationToken),
            Values = command.Values ?? new Dictionary<string, string>(),
            OnDeviceAt = command.OnDeviceAt,
        };
        var answered = run.Answer(asked.Value, command.Step, given, by, at);
        return answered.Error is null ? await db.GoOnAsync(run, doorbell, at, cancellationToken) : answered;
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
