using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inbox;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>What waits for whoever asks, and what happens around them.</summary>
internal static class DeskApi
{
    public static void MapDesk(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/").WithTags("Inbox").RequireAuthorization(nameof(Permission.ViewDeployments));

        desk.MapGet("/inbox", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ListInbox(), cancellationToken))).Asks<ListInbox>();
        desk.MapGet("/my-work", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ShowMyWork(), cancellationToken))).Asks<ShowMyWork>();
    }
}
