using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments.Calendar;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>Named starting points.</summary>
internal static class CalendarGiven
{
    /// <summary>A Friday.</summary>
    public static readonly DateTimeOffset Friday = new(2026, 12, 4, 10, 0, 0, TimeSpan.Zero);
    public static readonly Actor Dora = new("dora", "Dora"), Mia = new("mia", "Mia"), Olga = new("olga", "Olga"), Paul = new("paul", "Paul");
    public static readonly ApproverQuality[] Owner = [ApproverQuality.EnvironmentOwner];

    public static readonly Recurrence Weekend = new(new DateTime(2026, 11, 27, 15, 0, 0), TimeSpan.FromHours(64), "Europe/Stockholm", "FREQ=WEEKLY;BYDAY=FR");
    public static readonly Recurrence Always = new(new DateTime(2020, 1, 1), TimeSpan.FromDays(1), "UTC", "FREQ=DAILY");

    public static Recurrence Every(string rule, int fromHour, int hours, string zone = "UTC") => new(new DateTime(2026, 1, 1, fromHour, 0, 0), TimeSpan.FromHours(hours), zone, rule);

    public static Window Window(Recurrence when, CalendarScope? scope = null, string name = "Working hours") =>
        Domain.Deployments.Calendar.Window.Define("WIN-2026-000001", name, "The team is at work", "Dora", scope ?? new CalendarScope("production"), when, when.Span(), Dora, Friday.AddDays(-30));

    public static Freeze Freeze(Recurrence? when = null, CalendarScope? scope = null, params ChangeCategory[] exempt) => Domain.Deployments.Calendar.Freeze.Declare(
        "FRZ-2026-000001", "Weekend", "Reduced staffing", scope ?? new CalendarScope("production"), when ?? Weekend, (when ?? Weekend).Span(), exempt, new ExceptionApprover(ApproverQuality.EnvironmentOwner), Dora, Friday.AddDays(-30));

    public static CalendarPlace Production(params IReadOnlyDictionary<string, string>[] targets) => new("production", "shop", true, targets);

    public static OpenTimes Times(CalendarPlace place, Window[] windows, Freeze[] freezes, DateTimeOffset? from = null, int days = 30)
    {
        var range = new Occurrence(from ?? Friday, (from ?? Friday).AddDays(days));
        return OpenTimes.At(
            place, range, [.. windows.Select(window => window.Scope)],
            [.. windows.SelectMany(window => window.When.Between(range).Select(window.Opens), (window, when) => new WindowTime(window, when))],
            [.. freezes.SelectMany(freeze => freeze.When.Between(range).Select(freeze.Forbids), (freeze, when) => new FreezeTime(freeze, when))]);
    }

    public static DateTimeOffset Utc(int month, int day, int hour, int minute = 0, int year = 2026) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);
}
