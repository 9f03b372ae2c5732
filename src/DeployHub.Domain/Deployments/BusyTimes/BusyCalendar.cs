using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.BusyTimes;

public readonly record struct BusyCalendarId(Guid Value) : IId<BusyCalendarId>
{
    public static BusyCalendarId New() => new(Guid.CreateVersion7());

    public static BusyCalendarId From(Guid value) => new(value);
}

/// <summary>What a calendar of others is, where it comes from, and whom it concerns.</summary>
/// <param name="Name">Shown beside each of its periods.</param>
/// <param name="Address">Where a worker fetches it; null where somebody uploads it.</param>
/// <param name="Credential">Name of the secret that opens the address, never the secret itself; null for none.</param>
/// <param name="Environments">Keys; with <paramref name="Services"/> empty as well it concerns everything.</param>
/// <param name="Services">Keys.</param>
/// <param name="Zone">IANA zone of times that name none themselves.</param>
/// <param name="AreHolidays">Its days are public holidays: they are no working days, whatever is due.</param>
/// <param name="Country">Code of the country or region whose public holidays it has, such as <c>DE-BY</c>, worked out instead of fetched; null for none.</param>
/// <param name="Organisations">Keys of the partners for whose notice its holidays count; empty for one's own due dates, and for partners that none names.</param>
public sealed record BusySettings(
    string Name, string? Address = null, string? Credential = null, IReadOnlyList<string>? Environments = null, IReadOnlyList<string>? Services = null, string Zone = "Etc/UTC",
    bool AreHolidays = false, string? Country = null, IReadOnlyList<string>? Organisations = null)
{
    public IReadOnlyList<string> Organisations { get; init; } = Organisations ?? [];

    public IReadOnlyList<string> Environments { get; init; } = Environments ?? [];

    public IReadOnlyList<string> Services { get; init; } = Services ?? [];

    /// <summary>Somebody uploads its file; otherwise a worker brings it up to date.</summary>
    public bool IsUploaded() => Address is null && Country is null;

    /// <summary>Its days are no working days.</summary>
    public bool HoldsHolidays() => AreHolidays || Country is not null;

    public bool Concerns(string environment, string? service) =>
        (Environments.Count == 0 && Services.Count == 0) || Environments.Contains(environment) || (service is not null && Services.Contains(service));
}

/// <summary>When others are busy, in the words of their calendar.</summary>
/// <param name="Name">The event's own title.</param>
public sealed record BusyPeriod(DateTimeOffset Start, DateTimeOffset End, string Name);

/// <summary>
/// A calendar of others, such as a partner's or the company's: its events are periods to think of when something is planned. They advise and
/// forbid nothing; who wants to forbid declares a freeze. Fetched by a worker, under a fence so that a slow one does not overwrite a newer look.
/// </summary>
public sealed class BusyCalendar
{
    /// <summary>Of the text, in bytes.</summary>
    public const int Largest = 2 * 1024 * 1024;

    /// <summary>So many periods of one calendar are kept; later ones are left out, and said to be.</summary>
    public const int MostPeriods = 2_000;

    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>How far recurring events are followed.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    public static readonly TimeSpan Back = TimeSpan.FromDays(31);

    private BusyCalendar() { }

    public BusyCalendarId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public BusySettings Settings { get; private set; } = null!;

    public Actor AddedBy { get; private init; } = Actor.System;

    public DateTimeOffset AddedAt { get; private init; }

    /// <summary>In the order of their start.</summary>
    public IReadOnlyList<BusyPeriod> Periods { get; private set; } = [];

    /// <summary>When they were last read successfully.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Why the last look failed, with line and reason where the text is at fault; the periods of the look before stay.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Periods beyond <see cref="MostPeriods"/> that were left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>When a worker fetches it next; null for an uploaded one.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Counts takes, so that a look that was overtaken counts for nothing.</summary>
    public int Fence { get; private set; }

    public static BusyCalendar Add(string key, BusySettings settings, Actor by, DateTimeOffset at) =>
        new() { Id = BusyCalendarId.New(), Key = key, Settings = settings, AddedBy = by, AddedAt = at, DueAt = settings.IsUploaded() ? null : at };

    /// <summary>Another address is fetched at once.</summary>
    public void Describe(BusySettings settings, DateTimeOffset at)
    {
        var isElsewhere = settings.Address != Settings.Address || settings.Credential != Settings.Credential || settings.Zone != Settings.Zone || settings.Country != Settings.Country;
        Settings = settings;
        if (settings.IsUploaded()) DueAt = null;
        else if (isElsewhere) Ask(at);
    }

    /// <summary>Somebody wants it fetched now. Refused with <c>busy.uploaded</c> where nothing is to be fetched.</summary>
    public Result Fetch(DateTimeOffset at)
    {
        if (Settings.IsUploaded()) return BusyErrors.Uploaded;

        Ask(at);
        return Result.Success;
    }

    /// <summary>It is looked at by one worker until the lease is over.</summary>
    public int Take(TimeSpan lease, DateTimeOffset at)
    {
        DueAt = at + lease;
        return ++Fence;
    }

    /// <summary>What somebody uploaded.</summary>
    public Result Upload(IReadOnlyList<BusyPeriod> periods, int leftOut, DateTimeOffset at)
    {
        if (!Settings.IsUploaded()) return BusyErrors.Fetched;

        Keep(periods, leftOut, at);
        return Result.Success;
    }

    /// <summary>What a worker read. Nothing happens when another has taken it since.</summary>
    public void Settle(int fence, IReadOnlyList<BusyPeriod> periods, int leftOut, DateTimeOffset at)
    {
        if (fence != Fence || Settings.IsUploaded()) return;

        Keep(periods, leftOut, at);
        DueAt = at + Every;
    }

    /// <summary>A worker could not read it. Nothing happens when another has taken it since.</summary>
    public void Fail(int fence, string trouble, DateTimeOffset at)
    {
        if (fence != Fence || Settings.IsUploaded()) return;

        (Trouble, DueAt) = (trouble, at + Every);
    }

    private void Ask(DateTimeOffset at)
    {
        DueAt = at;
        Fence++;
    }

    private void Keep(IReadOnlyList<BusyPeriod> periods, int leftOut, DateTimeOffset at) =>
        (Periods, LeftOut, ReadAt, Trouble) = ([.. periods.OrderBy(period => period.Start).ThenBy(period => period.End)], leftOut, at, null);
}
