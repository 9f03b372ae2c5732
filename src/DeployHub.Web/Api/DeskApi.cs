using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Inbox;
using DeployHub.Features.Insights;
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
        desk.MapGet("/wall", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ShowWall(), cancellationToken))).Asks<ShowWall>();

        var backlog = api.MapGroup("/").WithTags("Backlog").RequireAuthorization(nameof(Permission.ViewDeployments));
        backlog.MapGet("/backlog", async (string? service, string? environment, bool? withoutStandard, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ShowBacklog(service, environment, withoutStandard ?? false), cancellationToken))).Asks<ShowBacklog>();
        backlog.MapPost("/deployments/{number}/approvals/{approval:int}/nudge", async (string number, int approval, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new NudgeApprover(number, approval), cancellationToken)).ToHttp()).Sends<NudgeApprover>();
        backlog.MapPut("/deployments/{number}/priority", async (string number, PriorityBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PrioritiseDeployment(number, body.Priority, body.Reason), cancellationToken)).ToHttp()).Sends<PrioritiseDeployment>();
    }

    internal sealed record PriorityBody(Priority Priority, string Reason);
}
