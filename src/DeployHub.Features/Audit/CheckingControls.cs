using DeployHub.Domain.Access;
using DeployHub.Domain.Audit;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>
/// What a worker does for auditors from time to time: it looks whether controls held (domain §6.6). Looking again changes nothing: each breach has one
/// exception, which is told once, and what mended it is written beside it.
/// </summary>
public static class CheckingControls
{
    /// <summary>So many are raised or followed at once; the others come next time.</summary>
    internal const int Most = 200;

    private static readonly Dictionary<ControlCheck, Func<DeployHubDb, DateTimeOffset, CancellationToken, Task>> Looks = new()
    {
        [ControlCheck.EmergencyPath] = EmergencyPaths.LookAsync,
        [ControlCheck.EmergencyShare] = EmergencyShares.LookAsync,
        [ControlCheck.ReviewHeld] = ReviewsHeld.LookAsync,
        [ControlCheck.Freeze] = FreezesKept.LookAsync,
    };

    /// <summary>Of two workers one does it, at a time. The caller commits.</summary>
    public static async Task CheckControlAsync(this DeployHubDb db, ControlCheck check, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if ((await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtext('deployhub controls')) as \"Value\"").ToListAsync(cancellationToken))[0]) await Looks[check](db, at, cancellationToken);
    }

    /// <summary>Stores the exception, and tells of it.</summary>
    /// <param name="about">The deployment; null for a check over all of them.</param>
    internal static async Task RaiseAsync(this DeployHubDb db, ControlCheck check, Checked? about, Breach found, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var raised = ControlException.Raise(await db.NextNumberAsync("CTL", at, cancellationToken), check, about?.Id, found, at);
        db.ControlExceptions.Add(raised);
        db.Happenings.Add(Happening.Of(
            EventTypes.ControlExceptionRaised, raised.Number, $"{check.Id()}{(about is null ? "" : $", {about.Number}")}: {found.Sentence}",
            about is null ? $"/audit/controls?check={check.Id()}" : $"/deployments/{about.Number}", Actor.System, at,
            data: new Dictionary<string, object?> { ["exception"] = raised.Number, ["check"] = check.Id(), ["deployment"] = about?.Number },
            deployment: about?.Id, once: $"control.exception {raised.Number}"));
    }

    /// <summary>Those of a check that nothing has mended yet, the oldest first.</summary>
    internal static IQueryable<ControlException> OpenExceptions(this DeployHubDb db, ControlCheck check) =>
        db.ControlExceptions.Where(exception => exception.Check == check && exception.MendedAt == null).OrderBy(exception => exception.Number);
}
