using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Deployments.ChangeTools;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ChangeToolsApi
{
    public static void MapChangeTools(this IEndpointRouteBuilder api)
    {
        var tools = api.MapGroup("/change-tools").WithTags("Change tools").RequireAuthorization(nameof(Permission.ManageSettings));

        tools.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListChangeTools(), cancellationToken))).Asks<ListChangeTools>();

        tools.MapCreate<ConnectChangeTool>("/", key => $"/api/v1/change-tools/{key}");

        tools.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowChangeTool(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowChangeTool>().Produces<ShowChangeTool.View>();

        tools.MapPut("/{key}", async (string key, ChangeToolSettings body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeChangeTool(key, body, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<DescribeChangeTool>().Produces(StatusCodes.Status204NoContent);

        tools.MapDelete("/{key}", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DisconnectChangeTool(key), cancellationToken)).ToHttp()).Sends<DisconnectChangeTool>();

        tools.MapPost("/{key}/lookups", async (string key, Lookup body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new TryChangeTool(key, body.Number), cancellationToken)).ToHttp()).Sends<TryChangeTool>();

        var deployments = api.MapGroup("/deployments/{number}/change").WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments));

        deployments.MapGet("/", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowChange(number), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .Asks<ShowChange>().Produces<ShowChange.View>();

        deployments.MapPost("/lookups", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new LookUpChange(number), cancellationToken)).ToHttp()).Sends<LookUpChange>();
    }

    internal sealed record Lookup(string Number);
}
