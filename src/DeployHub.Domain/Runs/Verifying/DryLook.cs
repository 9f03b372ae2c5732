using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>
/// The checks of one stage on one subject, done one after the other, whatever they find. State is the queue: a worker takes what is due for
/// as long as the next check may last, so what a lost worker had goes on from the check that it did not end.
/// </summary>
public sealed class DryLook
{
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
            Checks = [.. subject.Steps.Select(step => DryCheck.Plan(step, conditions, at))],
        };
        look.DueAt = look.Next is null ? null : at;
        return look;
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

        End(looked, outcome, at);
        DueAt = Next is { } next ? at + next.Timeout + margin : null;
        return true;
    }

    /// <summary>The worker has to stop: another one goes on at once.</summary>
    public void GiveBack(int fence, DateTimeOffset at)
    {
        if (fence == Fence && !IsOver) (DueAt, Fence) = (at, Fence + 1);
    }

    internal void GiveUp(DateTimeOffset at)
    {
        if (IsOver) return;

        while (Next is { } left) End(left, new StepOutcome.Inconclusive("Given up: somebody asked for another verification before this was looked at."), at);
        (DueAt, Fence) = (null, Fence + 1);
    }

    private void End(DryCheck check, StepOutcome outcome, DateTimeOffset at) =>
        Checks = [.. Checks.Select(known => known == check ? check with { Outcome = outcome, EndedAt = at, By = Worker } : known)];
}
