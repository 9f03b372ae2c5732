namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>What stands in the way of a slot, in a sentence.</summary>
/// <param name="Code"><c>WindowClosed</c> or <c>FreezeActive</c> (domain Appendix C).</param>
/// <param name="Name">Of the window or freeze; empty where no window is near.</param>
/// <param name="Owner">Whom to ask.</param>
/// <param name="Until">When it is over; null where that is not known.</param>
public sealed record SlotVerdict(string Code, string Sentence, string Name, string Owner, DateTimeOffset? Until)
{
    public const string WindowClosed = "WindowClosed", FreezeActive = "FreezeActive";

    /// <summary>Number of the freeze; null where it is about windows.</summary>
    public string? Freeze { get; init; }
}

/// <summary>Judges slots by what is open and frozen (domain §2.2.3).</summary>
public static class SlotVerdicts
{
    /// <param name="category">Windows do not bind an emergency; a freeze says itself whom it exempts.</param>
    /// <param name="owner">Who owns the environment.</param>
    /// <param name="passes">Whether an exception is asked for or granted that lets it pass a freeze.</param>
    public static IReadOnlyList<SlotVerdict> Judge(this OpenTimes times, Occurrence slot, ChangeCategory category, string owner, Func<FreezeTime, bool>? passes = null) =>
    [
        .. category is ChangeCategory.Emergency || times.IsOpen(slot) ? [] : new[] { Closed(times, slot, owner) },
        .. times.FreezesDuring(slot, category).Where(freeze => passes?.Invoke(freeze) is not true).Select(freeze => new SlotVerdict(
            SlotVerdict.FreezeActive, StartGates.Frozen(freeze), freeze.Freeze.Name, freeze.Freeze.DeclaredBy.Name, freeze.When.End) { Freeze = freeze.Freeze.Number }),
    ];

    /// <summary>The refusal of a slot, with the next ones that are free; null where nothing stands in its way.</summary>
    public static Error? Refusal(IReadOnlyList<SlotVerdict> verdicts, IReadOnlyList<Occurrence> free)
    {
        if (verdicts.Count == 0) return null;

        var code = verdicts.Any(verdict => verdict.Code == SlotVerdict.FreezeActive) ? SlotVerdict.FreezeActive : SlotVerdict.WindowClosed;
        var exception = code == SlotVerdict.FreezeActive ? " Or ask for an exception from the freeze, while it is a draft with this slot." : "";
        return new Error(ErrorKind.Conflict, code, $"{string.Join(' ', verdicts.Select(verdict => verdict.Sentence))} {InWords(free)}{exception}");
    }

    public static string InWords(IReadOnlyList<Occurrence> free) => free.Count == 0
        ? "No slot of this length is free in the weeks that were looked at: ask for a one-off window."
        : $"Free next: {string.Join("; ", free.Select(slot => $"{slot.Start:ddd yyyy-MM-dd HH:mm}"))} UTC.";

    private static SlotVerdict Closed(OpenTimes times, Occurrence slot, string owner)
    {
        if (times.Windows.Count == 0)
            return new SlotVerdict(SlotVerdict.WindowClosed, $"No window opens here: ask {owner}, who owns the environment, for one.", "", owner, null);

        var longest = times.Open.Select(open => open.Length).DefaultIfEmpty(TimeSpan.Zero).Max();
        if (longest < slot.Length)
            return new SlotVerdict(
                SlotVerdict.WindowClosed,
                $"The slot lasts {Words.Of(slot.Length)}, and no window is open for longer than {Words.Of(longest)}: shorten it, or ask {owner} for a one-off window.", "", owner, null);

        if (times.Windows.LastOrDefault(window => window.When.Contains(slot.Start)) is { } begun && times.OpenAround(slot.Start) is { } open)
            return new SlotVerdict(
                SlotVerdict.WindowClosed, $"Window “{begun.Window.Name}” closes at {open.End:yyyy-MM-dd HH:mm} UTC, before the slot ends; ask {begun.Window.Owner}.",
                begun.Window.Name, begun.Window.Owner, open.End);

        var next = times.Windows.FirstOrDefault(window => window.When.End > slot.Start) ?? times.Windows[^1];
        return new SlotVerdict(
            SlotVerdict.WindowClosed, $"The slot does not lie inside a window. Nearest is “{next.Window.Name}”, {next.When.Start:yyyy-MM-dd HH:mm} to {next.When.End:HH:mm} UTC; ask {next.Window.Owner}.",
            next.Window.Name, next.Window.Owner, next.When.Start);
    }
}
