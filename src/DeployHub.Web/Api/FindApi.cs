using DeployHub.Domain.Access;
using DeployHub.Features.Find;
using Mediator;

namespace DeployHub.Web.Api;

internal static class FindApi
{
    public static void MapFind(this IEndpointRouteBuilder api) =>
        api.MapGet("/find", async (string text, ISender sender, CancellationToken cancellationToken) =>
                TypedResults.Ok(await sender.Send(new FindAnything(text), cancellationToken)))
            .WithTags("Find").WithName(nameof(FindAnything)).Produces<FindAnything.Hit[]>().RequireAuthorization(nameof(Permission.ViewDeployments));
}
