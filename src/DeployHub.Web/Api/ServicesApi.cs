using DeployHub.Features.Inventory;
using Mediator;

namespace DeployHub.Web.Api;

internal static class ServicesApi
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("Services");

        services.MapGet("/", async ([AsParameters] ListServices query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).WithName(nameof(ListServices)).Produces<ListServices.Row[]>();

        services.MapCreate<RegisterService>("/", key => $"/api/v1/services/{key}");
    }
}
