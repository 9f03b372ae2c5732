using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Conditions;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>What organisations and those who granted exceptions asked for with their yes.</summary>
internal static class ConditionsApi
{
    public static void MapConditions(this IEndpointRouteBuilder api)
    {
        var conditions = api.MapGroup("/deployments/{number}/conditions").WithTags("Conditions").RequireAuthorization(nameof(Permission.ViewDeployments));

        conditions.MapGet("/", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListConditions(number), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ListConditions>().Produces<ListConditions.View>();
        conditions.MapPost("/{condition}/met", async (string number, string condition, MetBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new MeetCondition(number, condition, body.Note), cancellationToken)).ToHttp()).Sends<MeetCondition>().Produces(StatusCodes.Status204NoContent);
    }

    /// <param name="Note">How it was met.</param>
    internal sealed record MetBody(string Note);
}
