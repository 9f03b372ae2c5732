using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Conditions;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Conditions;

/// <summary>What organisations and those who granted exceptions asked for with their yes: what is still to be done, by whom and by when, and what was.</summary>
public sealed record ListConditions(string Number) : IQuery<Result<ListConditions.View>>
{
    /// <param name="MayMeet">Whoever asks may record that one is met.</param>
    public sealed record View(string Number, string Title, IReadOnlyList<Row> Conditions, bool MayMeet)
    {
        public bool IsEmpty => Conditions.Count == 0;

        /// <summary>Those that are still to be met.</summary>
        public IEnumerable<Row> Owed => Conditions.Where(condition => condition.Met is null);
    }

    /// <param name="Key">Names it within the deployment.</param>
    /// <param name="From">Who asked for it.</param>
    /// <param name="Owner">Who sees to it.</param>
    /// <param name="Due">By when; null where nothing says so.</param>
    /// <param name="BeforeStart">No run starts before it is met.</param>
    /// <param name="IsChecked">It is checked against the slot by itself.</param>
    /// <param name="MayBeMet">A person can say now that it is met.</param>
    public sealed record Row(string Key, string Text, string From, string Owner, DateTimeOffset? Due, bool IsOverdue, bool BeforeStart, bool IsChecked, bool MayBeMet, MetCondition? Met);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ListConditions, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ListConditions query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            var exceptions = await db.FreezeExceptions.AsNoTracking().Where(exception => exception.DeploymentId == deployment.Id && exception.Condition != null)
                .OrderBy(exception => exception.Number).ToListAsync(cancellationToken);
            var (at, mayMeet) = (clock.GetUtcNow(), caller.RefusalThroughout(Permission.MeetConditions, services, environment) is null);
            return new View(deployment.Number, deployment.Title, [.. PlanCondition.Of(deployment, exceptions).Select(condition => RowOf(deployment, condition, mayMeet, at))], mayMeet);
        }

        private static Row RowOf(Deployment deployment, PlanCondition condition, bool mayMeet, DateTimeOffset at) => new(
            condition.Key, condition.Text, condition.From, condition.Owner.Name, condition.Due, condition.IsOverdueAt(at), condition.BeforeStart, condition.IsChecked,
            mayMeet && condition.IsTask && (condition.IsOfException || deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled), condition.Met);
    }
}
