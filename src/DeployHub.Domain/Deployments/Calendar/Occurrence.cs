namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>A stretch of time: from its start on, until just before its end, so that two that meet do not overlap.</summary>
public readonly record struct Occurrence(DateTimeOffset Start, DateTimeOffset End)
{
    public static readonly Occurrence Always = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    public TimeSpan Length => End - Start;

    public bool IsEmpty => End <= Start;

    public bool Contains(DateTimeOffset at) => Start <= at && at < End;

    /// <summary>Every moment of the other one lies in this.</summary>
    public bool Contains(Occurrence other) => Start <= other.Start && other.End <= End;

    /// <summary>An empty one, such as what is left of a freeze that was lifted before it began, overlaps nothing.</summary>
    public bool Overlaps(Occurrence other) => !IsEmpty && Start < other.End && other.Start < End;

    /// <summary>What both have in common; empty where that is nothing.</summary>
    public Occurrence Within(Occurrence other) => new(Start > other.Start ? Start : other.Start, End < other.End ? End : other.End);
}
