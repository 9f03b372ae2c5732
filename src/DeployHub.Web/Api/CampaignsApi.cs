using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Deployments.Campaigns;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class CampaignsApi
{
    public static void MapCampaigns(this IEndpointRouteBuilder api)
    {
        var campaigns = api.MapGroup("/campaigns").WithTags("Campaigns").RequireAuthorization(nameof(Permission.ViewDeployments));

        campaigns.MapGet("/", async ([AsParameters] ListCampaigns query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListCampaigns>().Produces<ListCampaigns.Row[]>();
        campaigns.MapCreate<PlanCampaign>("/", number => $"{Api.Prefix}/campaigns/{number}");
        campaigns.MapGet("/{number}", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowCampaign(number), cancellationToken)).ToTagged(http, view => view.RowVersion)).Asks<ShowCampaign>().Produces<ShowCampaign.View>();
        campaigns.MapPost("/{number}/decisions", async (string number, DecisionBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DecideCampaign(number, body.Verdict, body.PlansDigest, body.Reason), cancellationToken)).ToHttp())
            .Sends<DecideCampaign>().Produces(StatusCodes.Status204NoContent);

        campaigns.MapMove("pause", (number, reason, seen) => new PauseCampaign(number, reason, seen));
        campaigns.MapMove("resume", (number, reason, seen) => new ResumeCampaign(number, reason, seen));
        campaigns.MapMove("cancellation", (number, reason, seen) => new CancelCampaign(number, reason, seen));
    }

    private static void MapMove<TCommand>(this IEndpointRouteBuilder campaigns, string move, Func<string, string, uint?, TCommand> command)
        where TCommand : ICommand<Result> =>
        campaigns.MapPost($"/{{number}}/{move}", async (
            string number, DeploymentsApi.ReasonBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command(number, body.Reason, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<TCommand>().Produces(StatusCodes.Status204NoContent);

    /// <param name="PlansDigest">As the campaign shows it: a go counts for exactly these plans.</param>
    /// <param name="Reason">Needed against it.</param>
    internal sealed record DecisionBody(GoNoGo Verdict, string PlansDigest, string? Reason = null);
}
