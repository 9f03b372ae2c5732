using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>The windows and freezes of a range of time. Each is evaluated once, when a place that it touches is asked about for the first time.</summary>
public sealed class CalendarTimes
{
    /// <summary>Nobody looks further than this at once.</summary>
    public static readonly TimeSpan LongestRange = TimeSpan.FromDays(2000);

    private readonly IReadOnlyList<Window> _windows;
    private readonly IReadOnlyList<Freeze> _freezes;
    private readonly IReadOnlyList<CalendarScope> _scopes;
    private readonly Dictionary<WindowId, IReadOnlyList<WindowTime>> _opens = [];
    private readonly Dictionary<FreezeId, IReadOnlyList<FreezeTime>> _forbids = [];

    private CalendarTimes(Occurrence range, IReadOnlyList<Window> windows, IReadOnlyList<Freeze> freezes, IReadOnlyList<PartnerFreezeTime> partners) =>
        (Range, _windows, _freezes, _scopes, Partners) = (range, windows, freezes, [.. windows.Select(window => window.Scope).Distinct()], partners);

    public Occurrence Range { get; }

    /// <summary>Every time of every window in the range.</summary>
    public IReadOnlyList<WindowTime> Windows => field ??= [.. _windows.SelectMany(TimesOf)];

    /// <summary>Every time of every freeze in the range.</summary>
    public IReadOnlyList<FreezeTime> Freezes => field ??= [.. _freezes.SelectMany(TimesOf)];

    /// <summary>Freezes of organisations, whatever concerns them.</summary>
    public IReadOnlyList<PartnerFreezeTime> Partners { get; }

    /// <param name="parties">Who has to agree, where a plan says so; null takes whoever could have to, by the rules.</param>
    public OpenTimes At(CalendarPlace place, IReadOnlyCollection<OrganisationId>? parties = null)
    {
        var times = OpenTimes.At(
            place, Range, _scopes,
            [.. _windows.Where(window => place.Each.Any(window.Scope.Touches)).SelectMany(TimesOf)],
            [.. _freezes.Where(freeze => place.Each.Any(freeze.Scope.Touches)).SelectMany(TimesOf)]);
        return times.With([.. Partners.Where(freeze => parties?.Contains(freeze.Organisation.Id) ?? place.Each.Any(one => freeze.HasToAgree(one.Service, one.Environment)))]);
    }

    /// <param name="range">At most <see cref="LongestRange"/> of it is looked at.</param>
    public static async Task<CalendarTimes> ReadAsync(DeployHubDb db, Occurrence range, CancellationToken cancellationToken)
    {
        var looked = range.Length <= LongestRange ? range : range with { End = range.Start + LongestRange };
        var windows = await db.Windows.AsNoTracking()
            .Where(window => (window.EndedAt == null || window.EndedAt > looked.Start) && (window.EndsAt == null || window.EndsAt > looked.Start))
            .OrderBy(window => window.Number).ToListAsync(cancellationToken);
        var freezes = await db.Freezes.AsNoTracking()
            .Where(freeze => freeze.BeginsAt < looked.End && (freeze.LiftedAt == null || freeze.LiftedAt > looked.Start) && (freeze.EndsAt == null || freeze.EndsAt > looked.Start))
            .OrderBy(freeze => freeze.Number).ToListAsync(cancellationToken);

        return new CalendarTimes(looked, windows, freezes, await db.PartnerFreezesAsync(looked, cancellationToken));
    }

    private IReadOnlyList<WindowTime> TimesOf(Window window) => _opens.TryGetValue(window.Id, out var known)
        ? known
        : _opens[window.Id] = [.. window.When.Between(Range).Select(window.Opens).Where(when => when.Overlaps(Range)).Select(when => new WindowTime(window, when))];

    private IReadOnlyList<FreezeTime> TimesOf(Freeze freeze) => _forbids.TryGetValue(freeze.Id, out var known)
        ? known
        : _forbids[freeze.Id] = [.. freeze.When.Between(Range).Select(freeze.Forbids).Where(when => when.Overlaps(Range)).Select(when => new FreezeTime(freeze, when))];
}

/// <summary>Where something is deployed, as windows and freezes ask for it.</summary>
internal static class CalendarPlaces
{
    /// <param name="targets">Null for every target of the environment that is in service.</param>
    public static async Task<CalendarPlace> PlaceAsync(
        this DeployHubDb db, Domain.Inventory.Environment environment, string service, IReadOnlyCollection<TargetId>? targets, CancellationToken cancellationToken)
    {
        var here = db.Targets.AsNoTracking().Where(target => target.EnvironmentId == environment.Id);
        var chosen = targets is null ? here.Where(target => target.RetiredAt == null) : here.Where(target => targets.Contains(target.Id));
        var labels = await chosen.Select(target => target.Labels).ToListAsync(cancellationToken);
        return new CalendarPlace(environment.Key, service, CalendarPlace.ClosesByDefault(environment.Tier, environment.IsLive), labels);
    }
}
