using System.Text.Json.Serialization;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Partners;

/// <summary>A period in which an organisation wants nothing to be deployed that concerns it, by its own wall clock.</summary>
/// <param name="Number">From 1 within the organisation.</param>
/// <param name="Start">Wall time in <paramref name="TimeZone"/>.</param>
/// <param name="End">Wall time in <paramref name="TimeZone"/>; not part of it.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record PartnerFreeze(int Number, string Name, DateTime Start, DateTime End, string TimeZone, Actor By, DateTimeOffset At, Ending? Ended = null)
{
    [JsonIgnore]
    public DateTimeOffset StartsAt => WallTime.First(Start, TimeZone);

    [JsonIgnore]
    public DateTimeOffset EndsAt => WallTime.Last(End, TimeZone);

    public bool Overlaps(DateTimeOffset from, DateTimeOffset to) => Ended is null && from < EndsAt && to > StartsAt;
}
