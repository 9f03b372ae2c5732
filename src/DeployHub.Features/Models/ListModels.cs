using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Analysis;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>Models in order of their slug, each with its newest version, a page at a time.</summary>
/// <param name="After">The last slug of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListModels(string? After = null, int? Limit = null) : IQuery<Page<ListModels.Row>>
{
    /// <param name="Approach">Null while its only version is a draft with errors.</param>
    /// <param name="Version">Number of the newest version that was ever published; of the newest while none was.</param>
    /// <param name="Summary">What it does, in a sentence.</param>
    /// <param name="Uses">Deployments planned with any of its versions.</param>
    /// <param name="ReviewBy">When somebody has to look at it again.</param>
    /// <param name="Figures">What its records said when they were analysed last; null before the first time.</param>
    public sealed record Row(
        string Slug, string Name, string Purpose, Approach? Approach, int Version, ModelVersionStatus Status, string Summary, int Uses, DateTimeOffset? PublishedAt,
        DateOnly ReviewBy, AnalysedFigures? Figures);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListModels, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListModels query, CancellationToken cancellationToken)
        {
            var found = await (
                from model in db.Models
                where query.After == null || model.Slug.CompareTo(query.After) > 0
                orderby model.Slug
                join version in db.ModelVersions on model.Id equals version.ModelId
                where version.Number == (db.ModelVersions.Where(other => other.ModelId == model.Id && other.PublishedAt != null).Max(other => (int?)other.Number) ?? model.LatestNumber)
                select new
                {
                    Model = model,
                    Version = version,
                    Uses = db.Deployments.Count(deployment => db.ModelVersions.Any(used => used.ModelId == model.Id && used.Id == deployment.ModelVersionId)),
                    Figures = db.ModelFigures.Where(known => known.ModelId == model.Id).Select(known => known.Figures).FirstOrDefault(),
                }).Take(Page.Size(query.Limit) + 1).AsNoTracking().ToListAsync(cancellationToken);

            return Page.Of([.. found.Select(row => Make(row.Model, row.Version, row.Uses, row.Figures))], query.Limit, row => row.Slug);
        }

        private static Row Make(Model model, ModelVersion version, int uses, AnalysedFigures? figures) => new(
            model.Slug, model.Name, model.Purpose, version.Said?.Approach, version.Number, version.Status,
            version.Said is { } content ? ModelInWords.Summary(content)[0] : "Somebody is writing it; it has errors still.", uses, version.PublishedAt, model.ReviewBy, figures);
    }
}
