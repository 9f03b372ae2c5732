using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ComponentsApi
{
    public static void MapComponents(this IEndpointRouteBuilder api)
    {
        var components = api.MapGroup("/components").WithTags("Components").RequireAuthorization(nameof(Permission.ViewDeployments));

        components.MapGet("/", async ([AsParameters] ListComponents query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListComponents>().Produces<ListComponents.Row[]>();

        components.MapCreate<RegisterComponent>("/", key => $"/api/v1/components/{key}");

        components.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowComponent(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowComponent>().Produces<ShowComponent.View>();

        components.MapPut("/{key}", async (
            string key, ComponentDescription body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeComponent(key, body.Name, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<DescribeComponent>().Produces(StatusCodes.Status204NoContent);
    }

    internal sealed record ComponentDescription(string Name);
}
