using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>What windows and freezes mean for one deployment that is still to come: whether it will be over in time, what else is free, and its exceptions.</summary>
public sealed record ShowDeploymentCalendar(string Number) : IQuery<Result<ShowDeploymentCalendar.View>>
{
    /// <param name="Warning">What is in the way, with what it needs, all in a sentence; null when nothing is.</param>
    /// <param name="Late">What begins or closes before its run is expected to be over; null where nothing does, and where an exception covers it.</param>
    /// <param name="UsuallyTakes">What 85 of 100 runs take; null where nothing says so.</param>
    /// <param name="Freezes">Those in the way, from which an exception may be asked for.</param>
    /// <param name="Free">The next three slots in which it would be over in time.</param>
    public sealed record View(
        string? Warning, LateFinish? Late, TimeSpan? UsuallyTakes, IReadOnlyList<InTheWay> Freezes, IReadOnlyList<Slot> Free,
        IReadOnlyList<ListFreezeExceptions.Row> Exceptions, bool MayAsk)
    {
        /// <summary>Every freeze that its slot, or now for what runs on demand, lies in: also where an exception lets it pass.</summary>
        public IReadOnlyList<InTheWay> Within { get; init; } = [];

        /// <summary>No window opens in its place in the weeks that were looked at.</summary>
        public bool HasNoWindow { get; init; }

        /// <summary>The caller may define a window there.</summary>
        public bool MayDefineWindow { get; init; }
    }

    public sealed record InTheWay(string Number, string Name, string Reason, string DeclaredBy, string Approver, DateTimeOffset Begins, DateTimeOffset Ends);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowDeploymentCalendar, Result<View>>
    {
        private const int MostExceptions = 20;

        public async ValueTask<Result<View>> Handle(ShowDeploymentCalendar query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var exceptions = await ListFreezeExceptions.RowsAsync(
                db, db.FreezeExceptions.Where(exception => exception.DeploymentId == deployment.Id).OrderByDescending(exception => exception.Number).Take(MostExceptions), cancellationToken);
            if (deployment.IsOver) return new View(null, null, null, [], [], exceptions, false);

            var at = clock.GetUtcNow();
            var facts = await db.MeasuredCalendarFactsAsync(deployment, at, cancellationToken);
            var freezes = facts.InTheWay(deployment, at);
            var late = facts.Late(deployment, at);
            var within = facts.Times.FreezesDuring(facts.Needs(deployment, at), deployment.Plan.Category);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            var mayDefine = caller.RefusalOf(Permission.DefineWindows, new CalendarScope(environment)) is null;
            return new View(
                Warning(deployment, facts, freezes, late, mayDefine, at), late, facts.Takes, Told(freezes),
                await db.NextFreeAsync(deployment, facts, at, cancellationToken), exceptions,
                freezes.Count > 0 && caller.RefusalThroughout(Permission.RequestFreezeExceptions, services, environment) is null)
            {
                Within = Told(within),
                HasNoWindow = HasNoWindow(deployment, facts),
                MayDefineWindow = mayDefine,
            };
        }

        private static IReadOnlyList<InTheWay> Told(IEnumerable<FreezeTime> freezes) =>
        [
            .. freezes.DistinctBy(freeze => freeze.Freeze.Id).Select(freeze => new InTheWay(
                freeze.Freeze.Number, freeze.Freeze.Name, freeze.Freeze.Reason, freeze.Freeze.DeclaredBy.Name, freeze.Freeze.Approver.InWords(),
                freeze.When.Start, freeze.When.End)),
        ];

        private static bool HasNoWindow(Deployment deployment, CalendarFacts facts) =>
            !facts.Times.IsUnbound && facts.Times.Open.Count == 0 && deployment.Plan.Category is not ChangeCategory.Emergency;

        /// <summary>Windows and freezes in the way of the slot, and what begins or closes before a run would be over.</summary>
        private static string? Warning(Deployment deployment, CalendarFacts facts, IReadOnlyList<FreezeTime> freezes, LateFinish? late, bool mayDefine, DateTimeOffset at)
        {
            var slot = deployment.Slot is { } planned && planned.End > at ? new Occurrence(planned.Start > at ? planned.Start : at, planned.End) : (Occurrence?)null;
            var closed = slot is { } time ? facts.Times.Judge(time, deployment.Plan.Category, facts.Owner, freeze => !freezes.Contains(freeze)) : [];
            var frozenNow = slot is null ? freezes.Where(freeze => freeze.When.Contains(at)).Select(StartGates.Frozen) : [];
            var noWindow = HasNoWindow(deployment, facts) ? NoWindow(facts.Owner, mayDefine) : null;
            var sentences = noWindow is null ? closed : closed.Where(verdict => verdict.Code != SlotVerdict.WindowClosed);
            var said = string.Join(' ', sentences.Select(verdict => verdict.Sentence).Prepend(noWindow).Concat(frozenNow).Append(late?.Sentence).OfType<string>());
            return said.Length == 0 ? null : said;
        }

        /// <summary>Nobody is told to ask whoever could do it themselves, and no move leads out of it.</summary>
        private static string NoWindow(string owner, bool mayDefine) =>
            $"No window opens here, so that no run can start: {(mayDefine ? "define one." : $"ask {owner}, who owns the environment, for one.")}";
    }
}
