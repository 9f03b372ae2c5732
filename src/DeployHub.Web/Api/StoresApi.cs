using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class StoresApi
{
    public static void MapStores(this IEndpointRouteBuilder api)
    {
        var stores = api.MapGroup("/stores").WithTags("Definitive stores").RequireAuthorization(nameof(Permission.ViewDeployments));

        stores.MapGet("/", async ([AsParameters] ListStores query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListStores>().Produces<ListStores.Row[]>();

        stores.MapCreate<RegisterStore>("/", key => $"/api/v1/stores/{key}");

        stores.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowStore(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowStore>().Produces<ShowStore.View>();

        stores.MapPut("/{key}", async (
            string key, StoreLocation body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new MoveStore(key, body.Name, body.Location, body.Credential, body.Region, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<MoveStore>().Produces(StatusCodes.Status204NoContent);

        stores.MapPost("/{key}/looks", async (string key, StorePlace body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new LookIntoStore(key, body.Question, body.Path), cancellationToken)).ToHttp(look =>
                TypedResults.Created($"/api/v1/stores/{key}/looks/{look}", new Endpoints.Created(look))))
            .Sends<LookIntoStore>().Produces<Endpoints.Created>(StatusCodes.Status201Created);

        stores.MapGet("/{key}/looks/{id:guid}", async (string key, Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowStoreLook(key, id), cancellationToken)).ToHttp(look => TypedResults.Ok(look)))
            .Asks<ShowStoreLook>().Produces<ShowStoreLook.View>().RequireAuthorization(nameof(Permission.RegisterVersions));
    }

    internal sealed record StorePlace(StoreQuestion Question, string? Path = null);

    internal sealed record StoreLocation(string Name, string Location, string? Credential = null, string? Region = null);
}
