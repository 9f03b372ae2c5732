using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;

namespace DeployHub.Web.Api;

internal static class MatrixApi
{
    public static void MapMatrix(this IEndpointRouteBuilder api)
    {
        var matrix = api.MapGroup("/matrix").WithTags("Environment matrix").RequireAuthorization(nameof(Permission.ViewDeployments));

        matrix.MapGet("/", async ([AsParameters] ShowMatrix query, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(query, cancellationToken))).Asks<ShowMatrix>();

        matrix.MapGet("/comparison", async ([AsParameters] CompareCells query, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<CompareCells>().Produces<CompareCells.View>();
    }
}
