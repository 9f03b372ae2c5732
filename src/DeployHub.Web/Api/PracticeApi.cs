using DeployHub.Domain.Access;
using DeployHub.Features.Insights;
using Mediator;

namespace DeployHub.Web.Api;

internal static class PracticeApi
{
    public static void MapPractice(this IEndpointRouteBuilder api)
    {
        var practice = api.MapGroup("/practice").WithTags("Practice").RequireAuthorization(nameof(Permission.ViewDeployments));

        practice.MapGet("/", async ([AsParameters] ShowPractice query, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(query, cancellationToken))).Asks<ShowPractice>();

        practice.MapGet("/capability", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ShowCapability(), cancellationToken))).Asks<ShowCapability>();

        practice.MapPost("/capability/confirmations", async (ConfirmCapability command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp())
            .Sends<ConfirmCapability>().Produces(StatusCodes.Status204NoContent);
    }
}
