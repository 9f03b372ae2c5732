using DeployHub.Domain.Access;
using DeployHub.Features.Runs;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>The door for targets that fetch by themselves, each with its own key.</summary>
internal static class PullApi
{
    public static void MapPull(this IEndpointRouteBuilder api)
    {
        var pull = api.MapGroup("/pull").WithTags("Pull").RequireAuthorization(nameof(Permission.FetchVersions));

        pull.MapGet("/", async (ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowPull(), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .Asks<ShowPull>().Produces<ShowPull.View>();
        pull.MapPost("/results", async (ReportPull command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp()).Sends<ReportPull>().Produces(StatusCodes.Status204NoContent);
    }
}
