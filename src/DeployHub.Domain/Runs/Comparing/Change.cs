namespace DeployHub.Domain.Runs.Comparing;

public enum ChangeVerdict
{
    Unchanged,

    /// <summary>The plan brings it.</summary>
    ChangedAsPlanned,

    /// <summary>Nobody planned it; after a rollback, whatever differs from the baseline.</summary>
    ChangedUnexpectedly,

    /// <summary>Nobody looked or it could not be read, before or afterwards: never the same as unchanged.</summary>
    NotObserved,
}

/// <summary>One thing on one target before Execute and afterwards.</summary>
/// <param name="Item">Such as <c>component shop-web</c> or <c>package openssl</c>.</param>
/// <param name="Before">Null when it could not be read; of a version that nobody looked at before, what is on record, and <c>Why</c> says so.</param>
/// <param name="After">Null when it was not observed.</param>
/// <param name="Planned">What the plan brings, or what a rollback returns to; null where nothing was to change.</param>
/// <param name="Why">What explains the verdict, in a sentence; null where it speaks for itself.</param>
/// <param name="IsTolerated">It changed unexpectedly, and the model says that it may.</param>
public sealed record Change(string Target, string Item, string? Before, string? After, string? Planned, ChangeVerdict Verdict, string? Why, bool IsTolerated = false)
{
    public bool IsChange => Verdict is ChangeVerdict.ChangedAsPlanned or ChangeVerdict.ChangedUnexpectedly;

    /// <summary>Nobody planned it and nobody said that it may.</summary>
    public bool IsUnexpected => Verdict is ChangeVerdict.ChangedUnexpectedly && !IsTolerated;

    /// <summary>For those who may not see logs and evidence (domain §4.2).</summary>
    public Change WithoutValues() => this with { Before = null, After = null, Planned = null, Why = null };
}

/// <summary>How many things have each verdict.</summary>
/// <param name="Unexpected">Without those that are tolerated.</param>
public sealed record ChangeCount(int Unchanged, int AsPlanned, int Unexpected, int Tolerated, int NotObserved)
{
    public static readonly ChangeCount None = new(0, 0, 0, 0, 0);

    public static ChangeCount Of(IEnumerable<Change> changes)
    {
        var by = changes.CountBy(change => (change.Verdict, change.IsTolerated)).ToDictionary();
        int Of(ChangeVerdict verdict, bool isTolerated = false) => by.GetValueOrDefault((verdict, isTolerated));
        return new ChangeCount(Of(ChangeVerdict.Unchanged), Of(ChangeVerdict.ChangedAsPlanned), Of(ChangeVerdict.ChangedUnexpectedly), Of(ChangeVerdict.ChangedUnexpectedly, true), Of(ChangeVerdict.NotObserved));
    }

    public ChangeCount And(ChangeCount other) =>
        new(Unchanged + other.Unchanged, AsPlanned + other.AsPlanned, Unexpected + other.Unexpected, Tolerated + other.Tolerated, NotObserved + other.NotObserved);
}
