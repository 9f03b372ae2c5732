using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>How often a service passed freezes of late.</summary>
internal static class ExceptionHabits
{
    /// <summary>What an exception makes of its service; null while it is no habit.</summary>
    /// <param name="exception">Counted with those that were granted in the days before it was asked for.</param>
    public static async Task<ExceptionHabit?> HabitOfAsync(this DeployHubDb db, FreezeException exception, Deployment deployment, CancellationToken cancellationToken)
    {
        var (since, asked) = (exception.RequestedAt.AddDays(-ExceptionHabit.Days), exception.RequestedAt);
        var granted = await db.FreezeExceptions.CountAsync(
            other => other.Id != exception.Id && other.ExpiresAt != null && other.RequestedAt > since && other.RequestedAt <= asked
                && db.Deployments.Any(planned => planned.Id == other.DeploymentId && planned.ServiceId == deployment.ServiceId), cancellationToken);
        var service = await db.Services.Where(owner => owner.Id == deployment.ServiceId).Select(owner => owner.Key).SingleAsync(cancellationToken);
        return ExceptionHabit.Of(service, granted);
    }
}
