using DeployHub.Domain.Access;
using DeployHub.Features.Workers;
using Mediator;

namespace DeployHub.Web.Api;

internal static class WorkersApi
{
    public static void MapWorkers(this IEndpointRouteBuilder api)
    {
        var workers = api.MapGroup("/workers").WithTags("Workers").RequireAuthorization(nameof(Permission.ViewDeployments));

        workers.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListWorkers(), cancellationToken))).Asks<ListWorkers>();
        workers.MapPost("/{name}/drain", async (string name, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DrainWorker(name), cancellationToken)).ToHttp()).Sends<DrainWorker>();
        workers.MapPost("/{name}/resume", async (string name, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResumeWorker(name), cancellationToken)).ToHttp()).Sends<ResumeWorker>();
    }
}
