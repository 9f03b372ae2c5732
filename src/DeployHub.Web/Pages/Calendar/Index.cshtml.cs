using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar;

/// <summary>What happens when: slots with what became of them, windows, freezes, when others are busy, and who waits for which lock. A slot is moved by dragging it, or by a form.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender, Caller caller, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public CalendarLook Look { get; set; }

    [BindProperty(SupportsGet = true)]
    public GanttZoom Zoom { get; set; } = GanttZoom.Week;

    /// <summary>A day that is shown; today unless told.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Date { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Service { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Environment { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Mine { get; set; }

    /// <summary>Number of the deployment that is being moved; null while none is.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Move { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateTime? SlotStart { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateTime? SlotEnd { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public CalendarRange Range { get; private set; } = null!;

    public ShowCalendar.View View { get; private set; } = null!;

    public MoveForm? Moving { get; private set; }

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    public bool MayPlan => caller.May(Permission.PlanDeployments);

    public bool MayFreeze => caller.May(Permission.DeclareFreezes);

    public bool IsFiltered => !string.IsNullOrEmpty(Service) || !string.IsNullOrEmpty(Environment) || Mine;

    /// <summary>The zones in which windows and freezes were said, where it is not UTC alone.</summary>
    public IReadOnlyList<string> Zones =>
        [.. View.Windows.Select(window => window.Zone).Concat(View.Freezes.Select(freeze => freeze.Zone)).Where(zone => zone is not ("Etc/UTC" or "UTC")).Distinct().Order(StringComparer.Ordinal).Take(5)];

    /// <summary>The same calendar, looked at otherwise.</summary>
    public string Address(CalendarLook? look = null, GanttZoom? zoom = null, DateOnly? date = null, string? move = null)
    {
        var (shown, scaled, day) = (look ?? Look, zoom ?? Zoom, date ?? Date);
        (string Name, string? Value)[] parts =
        [
            ("look", shown is CalendarLook.Month ? null : Words.Of(shown)), ("zoom", shown is CalendarLook.Gantt ? Words.Of(scaled) : null), ("date", $"{day:yyyy-MM-dd}"),
            ("service", Service), ("environment", Environment), ("mine", Mine ? "true" : null), ("move", move),
        ];
        return $"/calendar?{string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"))}";
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Move is { Length: > 0 } && await MovingAsync(cancellationToken) is { } moving) Moving = moving;
        ModelState.Clear(); // an address is no form: what cannot be read of it is not there
        return Page();
    }

    /// <summary>What the dialog asks before a slot is moved: the verdict on the new place, and why.</summary>
    public async Task<IActionResult> OnGetAskAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return await MovingAsync(cancellationToken) is { } moving ? Partial("_Move", moving) : NotFound();
    }

    /// <summary>The verdict alone, while somebody types.</summary>
    public async Task<IActionResult> OnGetVerdictAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return await MovingAsync(cancellationToken) is { } moving ? Partial("_Verdict", moving) : NotFound();
    }

    public async Task<IActionResult> OnPostMoveAsync(CancellationToken cancellationToken)
    {
        if ((Unreadable(nameof(SlotStart)) ?? Unreadable(nameof(SlotEnd))) is { } typed) return await AskAgainAsync(typed, cancellationToken);

        var moved = await sender.Send(new RescheduleDeployment(Move ?? "", MoveForm.Utc(SlotStart), MoveForm.Utc(SlotEnd), Reason ?? ""), cancellationToken);
        if (moved.Error is null)
        {
            this.Flash($"{Move} is moved to {SlotStart:ddd d MMM HH:mm} UTC.");
            return LocalRedirect(Address());
        }

        return await AskAgainAsync(moved.Error, cancellationToken);
    }

    private async Task<IActionResult> AskAgainAsync(Error error, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Moving = await MovingAsync(cancellationToken);
        return this.ShowAgain(error);
    }

    /// <summary>A time that cannot be read is not none: none would mean on demand.</summary>
    private Error? Unreadable(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0
        ? Error.Invalid(Error.InvalidInput, field, $"“{entry.AttemptedValue}” is no time. Write it as 2026-12-04T15:00, in UTC.")
        : null;

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Now = clock.GetUtcNow();
        if (Date is not { Year: > 2000 and < 2108 }) Date = DateOnly.FromDateTime(Now.UtcDateTime);
        Range = CalendarRange.Of(Look, Zoom, Date.Value);
        View = (await sender.Send(new ShowCalendar(Range.Start, Range.End, Service, Environment, Mine), cancellationToken)).Value; // no look is longer than a calendar may be
        Environments = With(Environment, (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Select(known => new SelectListItem(known.Name, known.Key)));
        Services = With(Service, (await sender.Send(new ListServices(Limit: 200), cancellationToken)).Rows.Select(known => new SelectListItem(known.Name, known.Key)));
    }

    private async Task<MoveForm?> MovingAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Move ?? ""), cancellationToken);
        if (shown.Error is not null) return null;

        var (start, end) = (MoveForm.Utc(SlotStart) ?? shown.Value.Slot?.Start, MoveForm.Utc(SlotEnd) ?? shown.Value.Slot?.End);
        return await MoveForm.OfAsync(sender, shown.Value, start, end, Reason, Address(), cancellationToken);
    }

    /// <summary>What was asked for, even where there is none.</summary>
    private static List<SelectListItem> With(string? asked, IEnumerable<SelectListItem> known)
    {
        var all = known.ToList();
        return string.IsNullOrEmpty(asked) || all.Exists(item => item.Value == asked) ? all : [.. all, new SelectListItem(asked, asked)];
    }
}
