using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Conditions;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Conditions of agreements and of exceptions that the caller sees to, or whoever the caller planned the deployment for.</summary>
internal static class ConditionsToMeet
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        var open = desk.Open.Where(found => desk.May(Permission.MeetConditions, found)).ToList();
        var ids = open.ConvertAll(found => found.Deployment.Id);
        var exceptions = (await desk.Db.FreezeExceptions.AsNoTracking()
            .Where(exception => ids.Contains(exception.DeploymentId) && exception.Condition != null && exception.ConditionMetAt == null
                && (exception.Status == FreezeExceptionStatus.Granted || exception.Status == FreezeExceptionStatus.Used))
            .OrderBy(exception => exception.Number).ToListAsync(cancellationToken)).ToLookup(exception => exception.DeploymentId);
        return (from found in open
                from condition in PlanCondition.Of(found.Deployment, exceptions[found.Deployment.Id])
                where condition.IsTask && (condition.Owner.Is(desk.Caller.Actor) || found.Deployment.Planners.Any(desk.Caller.Actor.Is))
                orderby condition.Due ?? DateTimeOffset.MaxValue
                select ItemOf(found, condition, desk)).Take(Desk.Most);
    }

    private static InboxItem ItemOf(OpenDeployment found, PlanCondition condition, Desk desk) => found.Item(
        InboxKind.Condition, $"{condition.From}, wants “{condition.Text}”{(condition.BeforeStart ? " before it starts" : "")}.", condition.Due, $"/deployments/{found.Deployment.Number}/conditions") with
    { IsForOthers = !condition.Owner.Is(desk.Caller.Actor), IsOverdue = condition.IsOverdueAt(desk.Now) };
}
