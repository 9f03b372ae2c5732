using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs.Comparing;

/// <summary>When in a run a target was looked at.</summary>
public enum SnapshotMoment
{
    /// <summary>Before Execute.</summary>
    Baseline,

    /// <summary>In Verify deployment.</summary>
    AfterDeployment,

    /// <summary>When the target had been led back.</summary>
    AfterRollback,
}

/// <summary>What was seen of a target at one moment of a run, kept with the run (domain §1.3, baseline).</summary>
public sealed class TargetSnapshot
{
    private TargetSnapshot() { }

    public RunId RunId { get; private init; }

    public TargetId TargetId { get; private init; }

    public SnapshotMoment Moment { get; private init; }

    public IReadOnlyList<SeenFact> Facts { get; private set; } = [];

    /// <summary>When it was last added to.</summary>
    public DateTimeOffset TakenAt { get; private set; }

    /// <summary>SHA-256 over <see cref="Facts"/>, to compare a copy with.</summary>
    public Digest Digest { get; private set; }

    /// <summary>What the comparison with the baseline came to when it was taken; nothing for the baseline itself.</summary>
    public ChangeCount Count { get; private set; } = ChangeCount.None;

    public static TargetSnapshot Of(RunId run, TargetId target, SnapshotMoment moment) => new() { RunId = run, TargetId = target, Moment = moment };

    /// <summary>What is seen again replaces what was seen of the same before: a look may be repeated.</summary>
    public void See(IReadOnlyList<SeenFact> seen, DateTimeOffset at)
    {
        Facts = [.. Facts.Where(known => seen.All(fact => fact.Fact.Subject != known.Fact.Subject)), .. seen];
        (TakenAt, Digest) = (at, Digest.OfText(CanonicalJson.Of(Facts)));
    }

    /// <summary>Keeps what <paramref name="changes"/> come to, so that nobody has to compare again to tell it.</summary>
    public void Compared(IEnumerable<Change> changes) => Count = ChangeCount.Of(changes);

    internal SeenFact? Of(string subject) => Facts.FirstOrDefault(seen => seen.Fact.Subject == subject);
}
