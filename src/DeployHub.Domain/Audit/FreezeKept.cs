using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;

namespace DeployHub.Domain.Audit;

/// <summary>A run, as far as the calendar is concerned.</summary>
/// <param name="Number">From 1 within its deployment.</param>
/// <param name="When">From its start to its end; to now while it is under way.</param>
public sealed record RunTime(int Number, Occurrence When);

/// <summary>CC-14: a run was under way while its environment was frozen (domain §2.3.1), and no exception covered it. Nothing mends that afterwards.</summary>
public static class FreezeKept
{
    /// <param name="runs">Every run of one deployment.</param>
    /// <param name="category">Of the deployment: a freeze may exempt it.</param>
    /// <param name="exceptions">Those that were asked for, for the deployment.</param>
    public static Breach? Of(IEnumerable<RunTime> runs, OpenTimes times, ChangeCategory category, IReadOnlyCollection<FreezeException> exceptions) => Breach.Together(
    [
        .. from run in runs
           from freeze in times.FreezesDuring(run.When, category)
           where freeze.Freeze.DeclaredAt <= run.When.Start // whoever started could not know of a later one
           let entered = run.When.Within(freeze.When).Start
           where !exceptions.Any(exception => Covers(exception, freeze, run.Number, entered))
           select new Breach(
               entered, $"R{run.Number} was under way inside the freeze “{freeze.Freeze.Name}” ({freeze.Freeze.Number}) from {entered:yyyy-MM-dd HH:mm} UTC on, without an exception that it used."),
    ]);

    /// <summary>The run used it; or it was granted and had not expired when the run, begun before the freeze, came into it.</summary>
    private static bool Covers(FreezeException exception, FreezeTime freeze, int run, DateTimeOffset entered) =>
        exception.FreezeId == freeze.Freeze.Id && exception.FreezeBegins < freeze.When.End && freeze.When.Start < exception.FreezeEnds
        && (exception.UsedByRun == run || (exception.Status is FreezeExceptionStatus.Granted or FreezeExceptionStatus.Expired && entered < exception.ExpiresAt));
}
