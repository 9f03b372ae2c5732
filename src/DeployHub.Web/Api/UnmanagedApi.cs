using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;

namespace DeployHub.Web.Api;

internal static class UnmanagedApi
{
    public static void MapUnmanaged(this IEndpointRouteBuilder api)
    {
        var records = api.MapGroup("/unmanaged-deployments").WithTags("Drift").RequireAuthorization(nameof(Permission.ViewDeployments));

        records.MapGet("/", async (string? environment, bool? all, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListUnmanaged(environment, all ?? false, after, limit), cancellationToken)))
            .Asks<ListUnmanaged>().Produces<ListUnmanaged.Row[]>();

        records.MapGet("/{number}", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowUnmanaged(number), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowUnmanaged>().Produces<ShowUnmanaged.View>();

        records.MapPost("/{number}/explanation", async (string number, Explanation body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ExplainUnmanaged(number, body.Reason, body.Change, body.Run), cancellationToken)).ToHttp())
            .Sends<ExplainUnmanaged>().Produces(StatusCodes.Status204NoContent);

        api.MapGet("/inbox/drift", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListMyDrift(), cancellationToken)))
            .WithTags("Drift").Asks<ListMyDrift>().Produces<ListMyDrift.Asked[]>().RequireAuthorization(nameof(Permission.ViewDeployments));
    }

    /// <param name="Change">Where the change is recorded: an address or a number. Needed unless a run is named.</param>
    /// <param name="Run">The run that did it, such as <c>DEP-2026-000123/R1</c>.</param>
    internal sealed record Explanation(string Reason, string? Change = null, string? Run = null);
}
