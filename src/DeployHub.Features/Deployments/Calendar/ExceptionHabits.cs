using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>How often services passed freezes of late.</summary>
internal static class ExceptionHabits
{
    /// <summary>What an exception makes a habit of, for every service of its plan; none where it is no habit.</summary>
    /// <param name="exception">Counted with those that were granted in the days before it was asked for.</param>
    public static async Task<IReadOnlyList<ExceptionHabit>> HabitsOfAsync(this DeployHubDb db, FreezeException exception, Deployment deployment, CancellationToken cancellationToken)
    {
        var (since, asked) = (exception.RequestedAt.AddDays(-ExceptionHabit.Days), exception.RequestedAt);
        var granted = db.FreezeExceptions.Where(other => other.Id != exception.Id && other.ExpiresAt != null && other.RequestedAt > since && other.RequestedAt <= asked);
        List<ExceptionHabit> habits = [];
        foreach (var service in await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken))
        {
            var moving = db.Deployments.OfService(db, service);
            var before = await granted.CountAsync(other => moving.Any(planned => planned.Id == other.DeploymentId), cancellationToken);
            if (ExceptionHabit.Of(service, before) is { } habit) habits.Add(habit);
        }

        return habits;
    }
}
