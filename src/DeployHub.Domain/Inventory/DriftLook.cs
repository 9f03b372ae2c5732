using DeployHub.Domain.Models;

namespace DeployHub.Domain.Inventory;

/// <summary>What DeployHub last deployed of a component, or the owner accepted.</summary>
/// <param name="Label">Null when it was taken away.</param>
/// <param name="By">The run, or who accepted it.</param>
/// <param name="WasAccepted">No run has changed anything then.</param>
public sealed record DesiredVersion(string? Label, string By, DateTimeOffset At, bool WasAccepted = false);

/// <summary>What came of one fact in a look.</summary>
public enum FactVerdict
{
    AsDesired,

    /// <summary>Nothing was known of it; what was seen is the baseline now.</summary>
    FirstSeen,
    ExplainedByRun,
    Drifted,

    /// <summary>It could not be read, which is never a pass.</summary>
    Unclear,
}

/// <summary>
/// One look at a target: what was seen is compared with what is desired. A difference that a run explains moves the baseline; any other is a
/// drift item, until it is gone again.
/// </summary>
/// <param name="items">Every open item of the target.</param>
/// <param name="desired">By the component's key.</param>
/// <param name="source">What looks: a run's name, a scan, or who reports.</param>
public sealed class DriftLook(TargetBaseline baseline, IEnumerable<DriftItem> items, IReadOnlyDictionary<string, DesiredVersion> desired, string source, DateTimeOffset at)
{
    private readonly List<DriftItem> _open = [.. items];
    private readonly List<DriftItem> _found = [];
    private readonly List<(SeenFact Seen, FactVerdict Verdict, DriftItem? Item)> _verdicts = [];
    private readonly DesiredVersion? _lastChange = desired.Values.Where(version => !version.WasAccepted).MaxBy(version => version.At);

    /// <summary>Items that nobody knew before, to be stored.</summary>
    public IReadOnlyList<DriftItem> Found => _found;

    /// <summary>What is open after the look.</summary>
    public IEnumerable<DriftItem> Open => _open.Where(item => item.IsOpen);

    public IReadOnlyList<(SeenFact Seen, FactVerdict Verdict, DriftItem? Item)> Verdicts => _verdicts;

    public DateTimeOffset At => at;

    /// <param name="definition">Everything of it was compared and only what differs was told; null when the facts stand for themselves.</param>
    public DriftLook See(IEnumerable<SeenFact> facts, EnvironmentDefinition? definition = null)
    {
        foreach (var seen in facts)
        {
            var item = _open.Find(open => open.IsOpen && open.Subject == seen.Fact.Subject);
            var verdict = seen.Value is { } value ? Judge(seen, value, ref item) : FactVerdict.Unclear;
            _verdicts.Add((seen, verdict, item));
        }

        if (definition is not null)
            foreach (var item in _open.Where(item => item.IsOpen && definition.Covers(item) && _verdicts.TrueForAll(verdict => verdict.Item != item))) item.Vanish(source, at);
        return this;
    }

    private FactVerdict Judge(SeenFact seen, string value, ref DriftItem? item)
    {
        var fact = seen.Fact;
        if (DesiredOf(fact) is not { } wanted)
        {
            if (fact.Kind is not FactKind.Component) Remember(fact, value);
            return FactVerdict.FirstSeen;
        }

        if (IsAsDesired(seen, value, wanted, item)) return Settle(fact, value, item);
        if (Explains(fact, value, item) is { } run)
        {
            item?.Explain(run, value, at);
            Remember(fact, value, run);
            return FactVerdict.ExplainedByRun;
        }

        if (item is not null) item.SeeAgain(fact, wanted, value, source, at);
        else Add(item = DriftItem.Detect(baseline.TargetId, fact, wanted, value, source, at));
        return FactVerdict.Drifted;
    }

    private string? DesiredOf(WatchedFact fact) => fact.Kind is FactKind.Component
        ? desired.GetValueOrDefault(fact.Name) is { } version ? version.Label ?? WatchedFact.Absent : null
        : baseline.Of(fact.Subject, fact.Expect)?.Value ?? (fact.Expect is { } expected ? Declared(fact, expected) : null);

    private bool IsAsDesired(SeenFact seen, string value, string wanted, DriftItem? item)
    {
        var fact = seen.Fact;
        if (value == wanted) return true;
        var blocks = fact.Severity is DriftSeverity.Blocking || item?.Severity is DriftSeverity.Blocking;
        if (baseline.Of(fact.Subject, fact.Expect) is { FalseAlarm: { } harmless } known && known.Value == wanted && harmless == value && (known.IsFalseAlarmByOwner || !blocks)) return true;
        return fact is { Kind: FactKind.Certificate, Expect: { } atLeast } && wanted == Declared(fact, atLeast) && Duration.Parse(atLeast) is { Error: null } least && seen.ExpiresAt - at >= least.Value;
    }

    private FactVerdict Settle(WatchedFact fact, string value, DriftItem? item)
    {
        if (fact is { Kind: not FactKind.Component, Expect: null } && baseline.Of(fact.Subject, null) is { } known) baseline.Set(known with { SeenAt = at });
        if (item is null) return FactVerdict.AsDesired;
        if (fact.Kind is FactKind.Component && item.Observed == value && desired[fact.Name] is { WasAccepted: false } deployed && deployed.At > item.DetectedAt)
        {
            item.Explain(deployed.By, value, at); // what was there is what was deployed since
            return FactVerdict.ExplainedByRun;
        }

        item.Vanish(source, at);
        return FactVerdict.AsDesired;
    }

    /// <summary>The run that last changed the target, where the value was another one before and nobody declared what it has to be.</summary>
    private string? Explains(WatchedFact fact, string value, DriftItem? item)
    {
        if (fact is { Kind: FactKind.Component } or { Expect: not null } || item?.Observed == value) return null;
        var since = item?.LastSeenAt ?? baseline.Of(fact.Subject, null)!.SeenAt;
        return _lastChange is { } change && change.At > since ? change.By : null;
    }

    private void Remember(WatchedFact fact, string value, string? by = null) => baseline.Set(new BaselineFact(fact.Subject, fact.Expect, value, at, by ?? source));

    private void Add(DriftItem item)
    {
        _open.Add(item);
        _found.Add(item);
    }

    private static string Declared(WatchedFact fact, string expected) => fact.Kind is FactKind.Certificate ? $"valid for at least {expected}" : expected;
}
