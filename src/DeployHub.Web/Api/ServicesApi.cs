using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ServicesApi
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("Services").RequireAuthorization(nameof(Permission.ViewDeployments));

        services.MapGet("/", async ([AsParameters] ListServices query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListServices>().Produces<ListServices.Row[]>();

        services.MapCreate<RegisterService>("/", key => $"/api/v1/services/{key}");

        services.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowService(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowService>().Produces<ShowService.View>();

        services.MapPut("/{key}", async (
            string key, ServiceDescription body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeService(key, body.Name, body.Owner, body.Description, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<DescribeService>().Produces(StatusCodes.Status204NoContent);
    }

    internal sealed record ServiceDescription(string Name, string Owner, string? Description = null);
}
