using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>Improvements that are proposed, decided, under way or delivered, the newest first, a page at a time.</summary>
/// <param name="Model">Slug of the only model wanted.</param>
/// <param name="Status">Only in this state.</param>
/// <param name="All">True to see those that are declined, merged or evaluated, too.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListImprovements(string? Model = null, ImprovementStatus? Status = null, bool All = false, string? After = null, int? Limit = null)
    : IQuery<Page<ListImprovements.Row>>
{
    /// <param name="AgeInDays">Since it was proposed.</param>
    /// <param name="IsOverdue">Nobody has decided for more than 30 days.</param>
    /// <param name="IsLate">It should be in use by now.</param>
    /// <param name="Version">Number of the version in which it is written.</param>
    /// <param name="EvaluateFrom">Thirty days after its delivery.</param>
    /// <param name="IsEvaluationDue">That day has come, or ten live deployments.</param>
    public sealed record Row(
        string Number, string Title, string Model, string ModelName, ImprovementStatus Status, string ProposedBy, DateTimeOffset ProposedAt, int AgeInDays, bool IsOverdue,
        string? Owner, DateOnly? Due, bool IsLate, Goal? Goal, int? Version, DateTimeOffset? DeliveredAt, DateTimeOffset? EvaluateFrom, bool IsEvaluationDue,
        Evaluation? Evaluation)
    {
        internal static Row Of(Improvement improvement, string model, string modelName, int? version, int deployments, DateTimeOffset now) => new(
            improvement.Number, improvement.Title, model, modelName, improvement.Status, improvement.ProposedBy.Name, improvement.ProposedAt,
            (int)(now - improvement.ProposedAt).TotalDays, improvement.IsOverdue(now), improvement.Owner?.Name, improvement.Due, improvement.IsLate(now), improvement.Goal,
            version, improvement.DeliveredAt, improvement.EvaluateFrom, improvement.IsEvaluationDue(deployments, now), improvement.Evaluation);
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListImprovements, Page<Row>>
    {
        private static readonly ImprovementStatus[] Over = [ImprovementStatus.Declined, ImprovementStatus.Merged, ImprovementStatus.Evaluated];

        public async ValueTask<Page<Row>> Handle(ListImprovements query, CancellationToken cancellationToken)
        {
            var wanted = Filtered(query).OrderByDescending(improvement => improvement.Number).Take(Page.Size(query.Limit) + 1);
            return Page.Of(await RowsAsync(db, wanted, clock.GetUtcNow(), cancellationToken), query.Limit, row => row.Number);
        }

        private IQueryable<Improvement> Filtered(ListImprovements query)
        {
            var improvements = db.Improvements.AsQueryable();
            if (query.After is { } after) improvements = improvements.Where(improvement => improvement.Number.CompareTo(after) < 0);
            if (query.Model is { Length: > 0 } slug)
                improvements = improvements.Where(improvement => db.Models.Any(model => model.Id == improvement.ModelId && model.Slug == slug));
            if (query.Status is { } status) return improvements.Where(improvement => improvement.Status == status);
            return query.All ? improvements : improvements.Where(improvement => !Over.Contains(improvement.Status));
        }
    }

    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, IQueryable<Improvement> improvements, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await (from improvement in improvements
                           join model in db.Models on improvement.ModelId equals model.Id
                           orderby improvement.Number descending
                           select new
                           {
                               Improvement = improvement,
                               model.Slug,
                               model.Name,
                               Version = db.ModelVersions.Where(version => version.Id == improvement.VersionId).Select(version => (int?)version.Number).FirstOrDefault(),
                           }).AsNoTracking().ToListAsync(cancellationToken);
        var delivered = found.Where(row => row.Improvement.Status is ImprovementStatus.Delivered).Select(row => row.Improvement.Id.Value);
        var deployments = await DeploymentsSinceAsync(db, [.. delivered], cancellationToken);
        return found.ConvertAll(row => Row.Of(row.Improvement, row.Slug, row.Name, row.Version, deployments.GetValueOrDefault(row.Improvement.Id.Value), now));
    }

    private sealed record Since(Guid Improvement, int Deployments);

    /// <summary>Live deployments that were completed since each of them was delivered.</summary>
    private static async Task<Dictionary<Guid, int>> DeploymentsSinceAsync(DeployHubDb db, Guid[] delivered, CancellationToken cancellationToken) =>
        delivered.Length == 0 ? [] : await db.Database.SqlQuery<Since>(
            $"""
            select improvement.id as improvement, count(*)::int as deployments
            from improvements improvement
            join model_versions version on version.model_id = improvement.model_id and (improvement.version_id is null or version.id = improvement.version_id)
            join deployments deployment on deployment.model_version_id = version.id and deployment.completed_at >= improvement.delivered_at and deployment.outcome is not null
            where improvement.id = any ({delivered}) and (deployment.plan ->> 'isLive')::boolean and deployment.plan ->> 'rehearsal' is null
              and coalesce(deployment.plan ->> 'reason', '') not in ('ModelRehearsal', 'Drill')
            group by improvement.id
            """).ToDictionaryAsync(row => row.Improvement, row => row.Deployments, cancellationToken);
}
