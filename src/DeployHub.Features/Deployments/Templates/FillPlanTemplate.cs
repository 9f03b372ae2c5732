using DeployHub.Domain;
using DeployHub.Domain.Deployments.Templates;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Templates;

/// <summary>A plan to begin with, made of a template: the newest versions of its components, and said what is missing.</summary>
public sealed record FillPlanTemplate(string Key) : IQuery<Result<PlanCopy>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<FillPlanTemplate, Result<PlanCopy>>
    {
        public async ValueTask<Result<PlanCopy>> Handle(FillPlanTemplate query, CancellationToken cancellationToken) =>
            await db.PlanTemplates.AsNoTracking().SingleOrDefaultAsync(known => known.Key == query.Key, cancellationToken) switch
            {
                null => Error.NotFound("plan-template", query.Key),
                { EndedAt: not null } => PlanTemplateErrors.Ended(query.Key),
                var template => await db.FillAsync(template, cancellationToken),
            };
    }
}
