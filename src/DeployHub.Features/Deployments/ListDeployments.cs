using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>Deployments, the newest first, a page at a time.</summary>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
/// <param name="Status">Only in this state.</param>
/// <param name="Environment">Key of the only environment wanted.</param>
/// <param name="Service">Key of the only service wanted, of which a plan moves anything.</param>
/// <param name="Model">Slug of the only model wanted, in any version.</param>
/// <param name="Missed">Only those whose slot passed without a start.</param>
/// <param name="Rehearsals">Only rehearsals of models, or only what was none; null for both.</param>
public sealed record ListDeployments(
    string? After = null, int? Limit = null, DeploymentStatus? Status = null, string? Environment = null, string? Service = null,
    string? Model = null, bool? Missed = null, bool? Rehearsals = null) : IQuery<Page<ListDeployments.Row>>
{
    /// <param name="Service">Key of the service that it was planned for first.</param>
    public sealed record Row(
        string Number, string Title, DeploymentStatus Status, Outcome? Outcome, string Service, string Environment, bool IsLive, IReadOnlyList<string> Versions, int Targets,
        string Owner, DateTimeOffset CreatedAt, DateTimeOffset? SlotStart, DateTimeOffset? CompletedAt, IReadOnlyList<StageMark> Stages)
    {
        /// <summary>Keys of all whose components it moves, its own first.</summary>
        public IReadOnlyList<string> Services { get; init; } = [];

        /// <summary>Its slot passed without a start, and it needs another one.</summary>
        public bool IsMissed { get; init; }

        /// <summary>What it rehearses; null for a real deployment.</summary>
        public RehearsalCase? Rehearsal { get; init; }
    }

    /// <summary>One of the four stages of the newest run.</summary>
    public sealed record StageMark(Stage Stage, StageStatus Status);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListDeployments, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListDeployments query, CancellationToken cancellationToken)
        {
            var found = await Filtered(query)
                .OrderByDescending(deployment => deployment.Number)
                .Take(Page.Size(query.Limit) + 1)
                .Select(deployment => new
                {
                    deployment.Number,
                    deployment.Title,
                    deployment.Status,
                    deployment.Outcome,
                    Service = db.Services.First(service => service.Id == deployment.ServiceId).Key,
                    deployment.Plan,
                    deployment.Owner,
                    deployment.CreatedAt,
                    SlotStart = (DateTimeOffset?)deployment.Slot!.Start,
                    IsMissed = (deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled)
                        && deployment.MissedSlotEnd != null && deployment.MissedSlotEnd == deployment.Slot!.End,
                    deployment.CompletedAt,
                    Stages = db.Runs.Where(run => run.DeploymentId == deployment.Id && run.Number == deployment.RunCount).Select(run => run.Stages).FirstOrDefault(),
                })
                .AsNoTracking()
                .ToListAsync(cancellationToken);

            var owners = await db.ServicesByComponentAsync(found.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
            var rows = found.Select(deployment => new Row(
                deployment.Number, deployment.Title, deployment.Status, deployment.Outcome, deployment.Service, deployment.Plan.Environment, deployment.Plan.IsLive,
                [.. deployment.Plan.Versions.Select(version => version.InWords)], deployment.Plan.Targets.Count, deployment.Owner.Name,
                deployment.CreatedAt, deployment.SlotStart, deployment.CompletedAt,
                [.. (deployment.Stages ?? []).Select(stage => new StageMark(stage.Stage, stage.Status))])
            { IsMissed = deployment.IsMissed, Rehearsal = deployment.Plan.Rehearsal?.Case, Services = owners.Of(deployment.Plan) }).ToList();
            return Page.Of(rows, query.Limit, row => row.Number);
        }

        private IQueryable<Deployment> Filtered(ListDeployments query)
        {
            var deployments = query.Rehearsals switch
            {
                true => db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.plan ->> 'rehearsal' is not null"),
                false => db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.plan ->> 'rehearsal' is null"),
                null => db.Deployments.AsQueryable(),
            };
            if (query.After is { } after) deployments = deployments.Where(deployment => deployment.Number.CompareTo(after) < 0);
            if (query.Status is { } status) deployments = deployments.Where(deployment => deployment.Status == status);
            if (query.Environment is { Length: > 0 } environment)
                deployments = deployments.Where(deployment => deployment.EnvironmentId == db.Environments.First(known => known.Key == environment).Id);
            if (query.Service is { Length: > 0 } service) deployments = deployments.OfService(db, service);
            if (query.Model is { Length: > 0 } model)
                deployments = deployments.Where(deployment => db.ModelVersions.Any(version => version.Id == deployment.ModelVersionId && version.ModelId == db.Models.First(known => known.Slug == model).Id));
            if (query.Missed is true)
                deployments = deployments.Where(deployment =>
                    (deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled) && deployment.MissedSlotEnd == deployment.Slot!.End);
            return deployments;
        }
    }
}
