using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Runs;

/// <summary>Whether a run that is moving ends within its slot (domain §2.4.6).</summary>
/// <param name="End">Of the slot.</param>
/// <param name="Left">Of the slot; zero when it is over.</param>
/// <param name="Needs">What half of the runs before would still need; null when too few say so.</param>
/// <param name="PointOfNoReturn">The last moment from which a full rollback still fits, by the rollbacks before; null when none was measured.</param>
/// <param name="IsTight">Four fifths of the slot have passed, and the run is not known to end within the rest.</param>
public sealed record SlotForecast(DateTimeOffset End, TimeSpan Left, TimeSpan? Needs, DateTimeOffset? PointOfNoReturn, bool IsTight)
{
    private const double WarnAfter = .8;

    /// <param name="rollbacks">How long leading back took before.</param>
    public static SlotForecast Of(Slot slot, Projection? projection, IReadOnlyCollection<TimeSpan> rollbacks, DateTimeOffset now)
    {
        var left = slot.End > now ? slot.End - now : TimeSpan.Zero;
        var isLate = now >= slot.Start + (slot.End - slot.Start) * WarnAfter;
        return new SlotForecast(
            slot.End, left, projection?.Left,
            rollbacks.Count == 0 ? null : slot.End - Projection.At([.. rollbacks.Order()], .85),
            isLate && !(projection?.Left <= left));
    }
}
