namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>
/// What DeployHub knows of one change in a change tool. Looked up by a worker, under a fence so that a slow answer does not overwrite a newer one; gates
/// read this and never ask the tool themselves.
/// </summary>
public sealed class ChangeRecord
{
    /// <summary>Well within <see cref="ChangeStanding.Fresh"/>, so that one lost look does not hold a plan.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>What does not answer is asked again sooner.</summary>
    public static readonly TimeSpan EveryInTrouble = TimeSpan.FromMinutes(1);

    /// <summary>A tool that wants to be left alone for longer is asked nevertheless.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>People have a change looked up at once no more often than this.</summary>
    public static readonly TimeSpan AskedEvery = TimeSpan.FromSeconds(10);

    /// <summary>What no open plan names is forgotten so long after it was last looked up.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private ChangeRecord() { }

    public ChangeRecordId Id { get; private init; }

    public ChangeToolId ToolId { get; private init; }

    /// <summary>As the tool calls it.</summary>
    public string Number { get; private init; } = "";

    /// <summary>What the tool said last; null while it never answered.</summary>
    public ChangeSeen? Seen { get; private set; }

    public DateTimeOffset? SeenAt { get; private set; }

    /// <summary>Since when every answer said that it is authorised; null while the last one did not, and before it was kept.</summary>
    public DateTimeOffset? AuthorisedSince { get; private set; }

    /// <summary>Why the last look failed; null after one that did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>When somebody last tried, with or without an answer.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    /// <summary>When somebody last had it looked up at once; null while nobody has.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>When a worker looks next; null while no open plan names it.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Counts takes, so that a look that was overtaken counts for nothing.</summary>
    public int Fence { get; private set; }

    /// <summary>To be looked up at once.</summary>
    public static ChangeRecord Of(ChangeToolId tool, string number, DateTimeOffset at) => new() { Id = ChangeRecordId.New(), ToolId = tool, Number = number, DueAt = at };

    /// <summary>It is looked at now, whenever it would have been.</summary>
    public void Ask(DateTimeOffset at)
    {
        DueAt = at;
        Fence++;
    }

    /// <summary>It is looked at by one worker until the lease is over.</summary>
    public int Take(TimeSpan lease, DateTimeOffset at)
    {
        DueAt = at + lease;
        return ++Fence;
    }

    /// <summary>What came of the look. Nothing happens when another has taken it since.</summary>
    /// <param name="isNeeded">An open plan names it, so it is looked at again.</param>
    /// <returns>Whether it became authorised, or is not any more.</returns>
    public bool Settle(int fence, ChangeAnswer answer, bool isNeeded, DateTimeOffset at)
    {
        if (fence != Fence) return false;

        var was = Seen?.IsAuthorised == true;
        (Trouble, LookedAt) = (answer.Trouble, at);
        if (answer.Seen is { } seen) (Seen, SeenAt, AuthorisedSince) = (seen, at, seen.IsAuthorised ? AuthorisedSince ?? ToTheMicrosecond(at) : null);
        DueAt = isNeeded ? at + Pause(answer) : null;
        return was != (Seen?.IsAuthorised == true);
    }

    /// <summary>As the database keeps it: approvals name the authorisation by this time, and it must be the same before it was stored and afterwards.</summary>
    private static DateTimeOffset ToTheMicrosecond(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static TimeSpan Pause(ChangeAnswer answer)
    {
        if (answer.Trouble is null) return Every;
        return answer.RetryAfter is { } wanted && wanted > EveryInTrouble ? wanted < LongestPause ? wanted : LongestPause : EveryInTrouble;
    }
}
