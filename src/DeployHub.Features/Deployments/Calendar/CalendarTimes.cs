using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Every window and freeze of a range of time, evaluated once for as many places as are asked about.</summary>
public sealed class CalendarTimes
{
    /// <summary>Nobody looks further than this at once.</summary>
    public static readonly TimeSpan LongestRange = TimeSpan.FromDays(2000);

    private readonly IReadOnlyList<CalendarScope> _scopes;

    private CalendarTimes(Occurrence range, IReadOnlyList<CalendarScope> scopes, IReadOnlyList<WindowTime> windows, IReadOnlyList<FreezeTime> freezes, IReadOnlyList<PartnerFreezeTime> partners) =>
        (Range, _scopes, Windows, Freezes, Partners) = (range, scopes, windows, freezes, partners);

    public Occurrence Range { get; }

    public IReadOnlyList<WindowTime> Windows { get; }

    public IReadOnlyList<FreezeTime> Freezes { get; }

    /// <summary>Freezes of organisations, whatever concerns them.</summary>
    public IReadOnlyList<PartnerFreezeTime> Partners { get; }

    /// <param name="parties">Who has to agree, where a plan says so; null takes whoever could have to, by the rules.</param>
    public OpenTimes At(CalendarPlace place, IReadOnlyCollection<OrganisationId>? parties = null)
    {
        var times = OpenTimes.At(place, Range, _scopes, Windows, Freezes);
        return times.With([.. Partners.Where(freeze => parties?.Contains(freeze.Organisation.Id) ?? freeze.HasToAgree(place.Service, place.Environment))]);
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

        return new CalendarTimes(
            looked,
            [.. windows.Select(window => window.Scope).Distinct()],
            [.. windows.SelectMany(window => window.When.Between(looked).Select(window.Opens).Where(when => when.Overlaps(looked)), (window, when) => new WindowTime(window, when))],
            [.. freezes.SelectMany(freeze => freeze.When.Between(looked).Select(freeze.Forbids).Where(when => when.Overlaps(looked)), (freeze, when) => new FreezeTime(freeze, when))],
            await db.PartnerFreezesAsync(looked, cancellationToken));
    }
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
