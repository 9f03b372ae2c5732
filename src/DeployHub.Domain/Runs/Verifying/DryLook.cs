using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>
/// The checks of one stage on one subject, done one after the other, whatever they find. State is the queue: a worker takes what is due for
/// as long as the next check may last, so what a lost worker had goes on from the check that it did not end.
/// </summary>
public sealed class DryLook
{
    private const int MostTakes = 6;

    /// <summary>How long a worker of its pool may take to come for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private DryLook() { }

    public DryVerificationId VerificationId { get; private init; }

    /// <summary>Order within the verification.</summary>
    public int Ordinal { get; private init; }

    public Stage Stage { get; private init; }

    /// <summary>The target's name, or <c>component label</c>.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>Null when the subject is a component version.</summary>
    public TargetId? TargetId { get; private init; }

    /// <summary>Only workers of this pool may take it; null when any may.</summary>
    public string? Pool { get; private init; }

    public IReadOnlyList<DryCheck> Checks { get; private set; } = [];

    /// <summary>When a worker must take it; null when it is over.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Rises with each take, and when nobody needs it any more: what is told with an older one counts for nothing.</summary>
    public int Fence { get; private set; }

    public string? Worker { get; private set; }

    public bool IsOver => DueAt is null;

    /// <summary>What is looked at next; null when it is over.</summary>
    public DryCheck? Next => Checks.FirstOrDefault(check => check.EndedAt is null);

    internal static DryLook Plan(DryVerificationId verification, int ordinal, TargetRun subject, IConditions conditions, DateTimeOffset at)
    {
        var look = new DryLook
        {
            VerificationId = verification,
            Ordinal = ordinal,
            Stage = subject.Stage,
            Subject = subject.Subject,
            TargetId = subject.TargetId,
            Pool = subject.Pool,
            Checks = [.. subject.Steps.Where(step => step.Settings is not CheckChanges).Select(step => DryCheck.Plan(step, conditions, at))], // without a run there is no baseline
        };
        look.DueAt = look.Next is null ? null : at;
        return look;
    }

    /// <summary>Ends it when there is no hope: nobody came for it in time, or everybody who did was lost. True when that is so.</summary>
    /// <param name="pools">Served by the worker that asks.</param>
    public bool EndsInVain(IEnumerable<string> pools, DateTimeOffset askedAt, DateTimeOffset at)
    {
        if (Fence >= MostTakes) GiveUp($"Given up: worker after worker was lost over it, {Worker} the last.", at);
        else if (Pool is { } pool && !pools.Contains(pool) && at - askedAt >= Patience) GiveUp($"Given up: no worker of the pool {pool} came for it within {Patience.TotalMinutes:0} minutes.", at);
        return IsOver;
    }

    /// <param name="margin">How long a worker may need around a check before another takes it for lost.</param>
    /// <returns>The fence to tell the result with.</returns>
    public int Take(string worker, TimeSpan margin, DateTimeOffset at)
    {
        (Worker, DueAt) = (worker, at + Next!.Timeout + margin);
        return ++Fence;
    }

    /// <summary>True when it counts, and the look goes on with <see cref="Next"/>; false when another worker has it by now, or nobody needs it.</summary>
    public bool Record(int fence, StepOutcome outcome, TimeSpan margin, DateTimeOffset at)
    {
        if (fence != Fence || Next is not { } looked) return false;

        End(looked, looked.Policy?.Judge(outcome, at) ?? outcome, at);
        DueAt = Next is { } next ? at + next.Timeout + margin : null;
        return true;
    }

    /// <summary>The worker has to stop: another one goes on at once.</summary>
    public void GiveBack(int fence, DateTimeOffset at)
    {
        if (fence == Fence && !IsOver) (DueAt, Fence) = (at, Fence + 1);
    }

    internal void GiveUp(DateTimeOffset at) => GiveUp("Given up: somebody asked for another verification before this was looked at.", at);

    private void GiveUp(string why, DateTimeOffset at)
    {
        if (IsOver) return;

        while (Next is { } left) End(left, new StepOutcome.Inconclusive(why), at);
        (DueAt, Fence) = (null, Fence + 1);
    }

    private void End(DryCheck check, StepOutcome outcome, DateTimeOffset at) =>
        Checks = [.. Checks.Select(known => known == check ? check with { Outcome = outcome, EndedAt = at, By = Worker } : known)];
}
