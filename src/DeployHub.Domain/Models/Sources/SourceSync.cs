using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Sources;

public enum SyncOutcome
{
    /// <summary>Everything that is new was looked at.</summary>
    Done,

    /// <summary>The history was rewritten: a person decides.</summary>
    Held,

    /// <summary>A person decided to go on from a rewritten history.</summary>
    WentOn,
    Failed,
}

/// <summary>A commit that was synchronised is no ancestor of its branch any more.</summary>
public sealed record RewrittenHistory(string Branch, string Was, string Now, DateTimeOffset FoundAt);

/// <summary>Something that a synchronisation came to.</summary>
/// <param name="Commit">Where the source's branch stood; null when that is not known.</param>
/// <param name="By">The worker or the person.</param>
public sealed record SyncEntry(DateTimeOffset At, SyncOutcome Outcome, string Sentence, string? Commit, string By);

/// <summary>
/// How far a model source is synchronised. State is the queue: a worker takes what is due for as long as it renews its lease, so a lost one's
/// work is done again by another; what is told with an older fence counts for nothing.
/// </summary>
public sealed class SourceSync
{
    public const int KeptEntries = 50;

    /// <summary>Until a look that failed is tried again where there is no schedule.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(5);

    private SourceSync() { }

    public ModelSourceId SourceId { get; private init; }

    /// <summary>When a worker must look; while one looks, when its lease ends. Null when only somebody may ask for it.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public int Fence { get; private set; }

    /// <summary>Who looks just now; null when nobody does.</summary>
    public string? Worker { get; private set; }

    /// <summary>Somebody asked while a worker looked, which may have read before: it looks once more.</summary>
    public bool AskedAgain { get; private set; }

    /// <summary>The commit of each branch that was looked at in whole.</summary>
    public IReadOnlyDictionary<string, string> Heads { get; private set; } = new Dictionary<string, string>();

    /// <summary>What a person has to decide before anything goes on; null when nothing.</summary>
    public RewrittenHistory? Rewritten { get; private set; }

    /// <summary>The commit that a person decided to go on from although history was rewritten; null when nobody had to.</summary>
    public string? GoesOnFrom { get; private set; }

    /// <summary>When the last look ended.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    /// <summary>Why the last look failed, in a sentence; null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>What is not followed, such as symbolic links, in a sentence; null when nothing is left out.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>What came of looking, newest first. A look that found nothing new leaves none.</summary>
    public IReadOnlyList<SyncEntry> Entries { get; private set; } = [];

    /// <summary>When the last push was heard that proved itself.</summary>
    public DateTimeOffset? PushedAt { get; private set; }

    /// <summary>How many pushes did not prove themselves since the last one that did.</summary>
    public int RefusedPushes { get; private set; }

    public DateTimeOffset? PushRefusedAt { get; private set; }

    /// <summary>Why pushes cannot be judged, in a sentence; null when they can.</summary>
    public string? PushTrouble { get; private set; }

    public static SourceSync Of(ModelSourceId source, DateTimeOffset dueAt) => new() { SourceId = source, DueAt = dueAt };

    /// <summary>Somebody wants it looked at now. A source whose history was rewritten waits for a person all the same.</summary>
    public void Ask(DateTimeOffset at)
    {
        if (Rewritten is not null) return;
        if (Worker is not null && DueAt > at) AskedAgain = true;
        else DueAt = at;
    }

    /// <summary>The settings are others now: a look by the old ones counts for nothing more, and what was held may not matter any more.</summary>
    public void LookAnew(DateTimeOffset at)
    {
        (Rewritten, GoesOnFrom, Worker, AskedAgain, DueAt) = (null, null, null, false, at);
        Fence++;
    }

    /// <returns>The fence to tell it with.</returns>
    public int Take(string worker, TimeSpan lease, DateTimeOffset at)
    {
        (Worker, DueAt, AskedAgain) = (worker, at + lease, false);
        return ++Fence;
    }

    /// <summary>False when another worker has taken it since.</summary>
    public bool Renew(int fence, TimeSpan lease, DateTimeOffset at)
    {
        if (fence != Fence || Worker is null) return false;

        DueAt = at + lease;
        return true;
    }

    /// <summary>The worker cannot end it, so another one may.</summary>
    /// <param name="at">When; later where somebody else is still at it.</param>
    public void GiveBack(int fence, DateTimeOffset at)
    {
        if (fence == Fence && Worker is not null) (Worker, DueAt) = (null, at);
    }

    /// <param name="head">The commit of the source's own branch.</param>
    /// <param name="sentence">What was new; null when nothing was.</param>
    /// <param name="every">The pause until the next look; null for none.</param>
    /// <returns>False when another worker has taken it since.</returns>
    public bool Settle(int fence, IReadOnlyDictionary<string, string> heads, string head, string? sentence, string? leftOut, TimeSpan? every, DateTimeOffset at)
    {
        var wasTroubled = Trouble is not null;
        if (End(fence, null, every, at) is not { } worker) return false;

        (Heads, LeftOut, GoesOnFrom) = (heads, leftOut, null);
        if (sentence is not null || wasTroubled) Add(new SyncEntry(at, SyncOutcome.Done, sentence ?? "It works again; nothing is new.", head, worker));
        return true;
    }

    /// <summary>It is looked at again when its time comes: what stands in the way may go away.</summary>
    public bool Fail(int fence, string trouble, TimeSpan? every, DateTimeOffset at)
    {
        var isNews = trouble != Trouble;
        if (End(fence, trouble, every ?? PauseAfterFailure, at) is not { } worker) return false;

        if (isNews) Add(new SyncEntry(at, SyncOutcome.Failed, trouble, null, worker));
        return true;
    }

    /// <summary>Nothing goes on until a person decides.</summary>
    public bool Hold(int fence, RewrittenHistory rewritten, DateTimeOffset at)
    {
        if (End(fence, null, null, at) is not { } worker) return false;

        (Rewritten, DueAt) = (rewritten, null);
        Add(new SyncEntry(at, SyncOutcome.Held, ModelSourceErrors.Rewritten(rewritten).Message, rewritten.Now, worker));
        return true;
    }

    /// <summary>A person looked why. Refused with <c>model-source.not-held</c> for any other commit than the one that was found.</summary>
    public Result GoOn(string commit, Actor by, DateTimeOffset at)
    {
        if (Rewritten is not { } rewritten || rewritten.Now != commit) return ModelSourceErrors.NotRewritten(commit);

        (Rewritten, GoesOnFrom, DueAt) = (null, commit, at);
        var sentence = $"Goes on from {ModelOrigin.Shortened(commit)}, although {ModelOrigin.Shortened(rewritten.Was)} is not in the history of {rewritten.Branch} any more.";
        Add(new SyncEntry(at, SyncOutcome.WentOn, sentence, commit, by.Name));
        return Result.Success;
    }

    /// <summary>A push was judged: one that proved itself asks for a look, any other is only counted.</summary>
    public void Hear(bool isProven, DateTimeOffset at)
    {
        PushTrouble = null;
        if (!isProven)
        {
            (RefusedPushes, PushRefusedAt) = (RefusedPushes + 1, at);
            return;
        }

        (PushedAt, RefusedPushes, PushRefusedAt) = (at, 0, null);
        Ask(at);
    }

    public void CannotHear(string trouble) => PushTrouble = trouble;

    /// <returns>Who looked; null when another worker has taken it since.</returns>
    private string? End(int fence, string? trouble, TimeSpan? every, DateTimeOffset at)
    {
        if (fence != Fence || Worker is not { } worker) return null;

        (Worker, LookedAt, Trouble, DueAt, AskedAgain) = (null, at, trouble, AskedAgain ? at : at + every, false);
        return worker;
    }

    private void Add(SyncEntry entry) => Entries = [entry, .. Entries.Take(KeptEntries - 1)];
}
