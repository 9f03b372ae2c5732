using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Comparing;
using DeployHub.Features.Deployments.Forecasting;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.TargetLists;
using DeployHub.Features.Deployments.Templates;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>What helps to plan: what comes before, what is live, how long it takes, and plans to begin with.</summary>
internal static class PlansApi
{
    public static void MapPlans(this IEndpointRouteBuilder api)
    {
        var deployments = api.MapGroup("/deployments").WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments));

        deployments.MapGet("/{number}/relations", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowRelations(number), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ShowRelations>().Produces<ShowRelations.View>();
        deployments.MapGet("/{number}/live", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowLiveAgainstComing(number), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ShowLiveAgainstComing>().Produces<LiveAgainstComing>();
        deployments.MapGet("/{number}/forecast", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowForecast(number), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ShowForecast>().Produces<PlanForecast>();
        deployments.MapGet("/{number}/target-changes", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowTargetChanges(number), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ShowTargetChanges>().Produces<TargetChanges>();
        deployments.MapPost("/{number}/new-targets", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PlanNewTargets(number), cancellationToken)).ToHttp(planned => TypedResults.Created($"{Api.Prefix}/deployments/{planned}", new Endpoints.Created(planned))))
            .Sends<PlanNewTargets>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        deployments.MapGet("/{number}/copy", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CopyPlan(number), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<CopyPlan>().Produces<PlanCopy>();

        var plans = api.MapGroup("/plans").WithTags("Plans").RequireAuthorization(nameof(Permission.ViewDeployments));
        plans.MapPost("/comparison", async (PlanInput plan, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ComparePlanWithLive(plan), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ComparePlanWithLive>().Produces<LiveAgainstComing>();
        plans.MapPost("/forecast", async (PlanInput plan, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ForecastPlan(plan), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ForecastPlan>().Produces<PlanForecast>();
        plans.MapGet("/last", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ListLastPlans(), cancellationToken))).Asks<ListLastPlans>().Produces<ListLastPlans.Row[]>();
        plans.MapGet("/last/{service}/{environment}", async (string service, string environment, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CopyLastPlan(service, environment), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<CopyLastPlan>().Produces<PlanCopy>();

        var templates = api.MapGroup("/plan-templates").WithTags("Plans").RequireAuthorization(nameof(Permission.ViewDeployments));
        templates.MapGet("/", async ([AsParameters] ListPlanTemplates query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListPlanTemplates>().Produces<ListPlanTemplates.Row[]>();
        templates.MapCreate<SavePlanTemplate>("/", key => $"{Api.Prefix}/plan-templates/{key}/plan");
        templates.MapGet("/{key}/plan", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new FillPlanTemplate(key), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<FillPlanTemplate>().Produces<PlanCopy>();
        templates.MapPost("/{key}/end", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EndPlanTemplate(key), cancellationToken)).ToHttp()).Sends<EndPlanTemplate>().Produces(StatusCodes.Status204NoContent);
    }
}
