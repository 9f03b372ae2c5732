using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>One time at which a window is open.</summary>
public sealed record WindowTime(Window Window, Occurrence When);

/// <summary>One time at which a freeze holds.</summary>
public sealed record FreezeTime(Freeze Freeze, Occurrence When);

/// <summary>When a place is open, within a range, and when freezes hold there: answers over what was evaluated before (domain §1.4).</summary>
public sealed class OpenTimes
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private OpenTimes(Occurrence range, IReadOnlyList<Occurrence> open, IReadOnlyList<WindowTime> windows, IReadOnlyList<FreezeTime> freezes, bool isUnbound) =>
        (Range, Open, Windows, Freezes, IsUnbound) = (range, open, windows, freezes, isUnbound);

    /// <summary>What is known; nothing is said about times outside of it.</summary>
    public Occurrence Range { get; }

    /// <summary>Open by windows, whatever is frozen: in order, without overlaps.</summary>
    public IReadOnlyList<Occurrence> Open { get; }

    /// <summary>The times of the windows that reach it, in order.</summary>
    public IReadOnlyList<WindowTime> Windows { get; }

    /// <summary>The times of the freezes that hold for it, in order.</summary>
    public IReadOnlyList<FreezeTime> Freezes { get; }

    /// <summary>No window binds it, so it is always open.</summary>
    public bool IsUnbound { get; }

    /// <summary>Freezes of organisations that have to agree there: nothing forbids their times, but nobody is led to them.</summary>
    public IReadOnlyList<PartnerFreezeTime> Partners { get; private init; } = [];

    /// <summary>The same, and whoever has to agree there has these freezes of their own.</summary>
    public OpenTimes With(IReadOnlyList<PartnerFreezeTime> partners) => new(Range, Open, Windows, Freezes, IsUnbound) { Partners = partners };

    /// <param name="scopes">Of every window that is not over, whether it opens within the range or not: one that names an environment binds it.</param>
    /// <param name="windows">Every window time in the range, wherever it holds.</param>
    /// <param name="freezes">Every freeze time in the range, wherever it holds.</param>
    public static OpenTimes At(CalendarPlace place, Occurrence range, IReadOnlyCollection<CalendarScope> scopes, IReadOnlyCollection<WindowTime> windows, IReadOnlyCollection<FreezeTime> freezes) =>
        place.Each.Select(one => Of(one, range, scopes, windows, freezes)).Aggregate(Together);

    private static OpenTimes Of(CalendarPlace place, Occurrence range, IReadOnlyCollection<CalendarScope> scopes, IEnumerable<WindowTime> windows, IEnumerable<FreezeTime> freezes)
    {
        var reaching = windows.Where(time => time.Window.Scope.Touches(place)).OrderBy(time => time.When.Start).ToList();
        var holding = freezes.Where(time => time.Freeze.Scope.Touches(place)).OrderBy(time => time.When.Start).ToList();
        List<Occurrence>? open = null;
        foreach (var target in KindsOfTarget(place, scopes))
        {
            var here = IsBound(place, scopes, target) ? Merged(reaching.Where(time => time.Window.Scope.CoversTarget(target)).Select(time => time.When)) : [range];
            open = open is null ? here : Common(open, here);
        }

        return new OpenTimes(range, open!, reaching, holding, !KindsOfTarget(place, scopes).Any(target => IsBound(place, scopes, target)));
    }

    /// <summary>Two services of one plan: open while both are, frozen while one is.</summary>
    private static OpenTimes Together(OpenTimes left, OpenTimes right) => new(
        left.Range, Common([.. left.Open], [.. right.Open]), [.. left.Windows.Union(right.Windows).OrderBy(time => time.When.Start)],
        [.. left.Freezes.Union(right.Freezes).OrderBy(time => time.When.Start)], left.IsUnbound && right.IsUnbound);

    /// <summary>The whole time lies in one stretch that windows open.</summary>
    public bool IsOpen(Occurrence time) => IsUnbound || OpenAround(time.Start) is { } around && around.Contains(time);

    /// <summary>The stretch that windows open around a moment, however many of them make it; null where it is closed.</summary>
    public Occurrence? OpenAround(DateTimeOffset at) => Open.Where(open => open.Contains(at)).Select(open => (Occurrence?)open).FirstOrDefault();

    /// <summary>Freezes that hold during any moment of the time, for a change of the category.</summary>
    public IReadOnlyList<FreezeTime> FreezesDuring(Occurrence time, ChangeCategory category) =>
        [.. Freezes.Where(freeze => freeze.When.Overlaps(time) && !freeze.Freeze.Exempts(category))];

    public IReadOnlyList<FreezeTime> FreezesAt(DateTimeOffset at, ChangeCategory category) =>
        [.. Freezes.Where(freeze => freeze.When.Contains(at) && !freeze.Freeze.Exempts(category))];

    /// <summary>Freezes of organisations that have to agree, during any moment of the time.</summary>
    public IEnumerable<PartnerFreezeTime> PartnersDuring(Occurrence time) => Partners.Where(freeze => freeze.When.Overlaps(time));

    /// <summary>The next freeze that begins after a moment; null where none does in the range.</summary>
    public FreezeTime? NextFreeze(DateTimeOffset after, ChangeCategory category) => Freezes.FirstOrDefault(freeze => freeze.When.Start > after && !freeze.Freeze.Exempts(category));

    /// <summary>
    /// The next times of a length in which nothing is closed or frozen, for us or for whoever has to agree: each begins where the one before it ends, or
    /// when something opens. An emergency waits for nobody, and windows do not bind it.
    /// </summary>
    /// <param name="busy">Times that are taken by something else.</param>
    public IReadOnlyList<Occurrence> FreeSlots(TimeSpan length, DateTimeOffset after, ChangeCategory category, int most = 3, IEnumerable<Occurrence>? busy = null)
    {
        var taken = Merged([.. Freezes.Where(freeze => !freeze.Freeze.Exempts(category)).Select(freeze => freeze.When), .. PartnersFor(category), .. busy ?? []]);
        List<Occurrence> found = [];
        foreach (var free in Without(category is ChangeCategory.Emergency ? [Range] : Open, taken).TakeWhile(_ => found.Count < most))
            for (var start = free.Start >= after ? free.Start : UpToQuarter(after); found.Count < most && start + length <= free.End; start = UpToQuarter(start + length))
                found.Add(new Occurrence(start, start + length));

        return found;
    }

    private IEnumerable<Occurrence> PartnersFor(ChangeCategory category) => category is ChangeCategory.Emergency ? [] : Partners.Select(freeze => freeze.When);

    /// <summary>Closed without a window, or bound by one that names this environment (domain Appendix A).</summary>
    private static bool IsBound(CalendarPlace place, IEnumerable<CalendarScope> scopes, IReadOnlyDictionary<string, string> target) =>
        place.IsClosedByDefault || scopes.Any(scope => scope.Environment == place.Environment && scope.Touches(place) && scope.CoversTarget(target));

    /// <summary>Targets that the same windows reach are one kind: two hundred hosts are looked at once.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string>> KindsOfTarget(CalendarPlace place, IReadOnlyCollection<CalendarScope> scopes) =>
        (place.Targets.Count == 0 ? [new Dictionary<string, string>()] : place.Targets).DistinctBy(target => string.Concat(scopes.Select(scope => scope.CoversTarget(target) ? '1' : '0')));

    private static DateTimeOffset UpToQuarter(DateTimeOffset at) => new((at.UtcTicks + Quarter.Ticks - 1) / Quarter.Ticks * Quarter.Ticks, TimeSpan.Zero);

    /// <summary>In order, and those that overlap or meet made one.</summary>
    private static List<Occurrence> Merged(IEnumerable<Occurrence> times)
    {
        List<Occurrence> merged = [];
        foreach (var time in times.Where(time => !time.IsEmpty).OrderBy(time => time.Start))
            if (merged.Count > 0 && time.Start <= merged[^1].End) merged[^1] = merged[^1] with { End = time.End > merged[^1].End ? time.End : merged[^1].End };
            else merged.Add(time);

        return merged;
    }

    private static List<Occurrence> Common(List<Occurrence> left, List<Occurrence> right)
    {
        List<Occurrence> common = [];
        for (int l = 0, r = 0; l < left.Count && r < right.Count;)
        {
            if (left[l].Within(right[r]) is { IsEmpty: false } both) common.Add(both);
            if (left[l].End < right[r].End) l++;
            else r++;
        }

        return common;
    }

    private static IEnumerable<Occurrence> Without(IReadOnlyList<Occurrence> open, List<Occurrence> taken)
    {
        foreach (var stretch in open)
        {
            var from = stretch.Start;
            foreach (var time in taken.Where(time => time.Overlaps(stretch)))
            {
                if (time.Start > from) yield return new Occurrence(from, time.Start);
                if (time.End > from) from = time.End;
            }

            if (from < stretch.End) yield return stretch with { Start = from };
        }
    }
}
