using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;

namespace DeployHub.Web.Api;

internal static class TrustedKeysApi
{
    public static void MapTrustedKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/trusted-keys").WithTags("Trusted keys").RequireAuthorization(nameof(Permission.ViewDeployments));

        keys.MapGet("/", async ([AsParameters] ListTrustedKeys query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListTrustedKeys>().Produces<ListTrustedKeys.Row[]>();

        keys.MapCreate<RegisterTrustedKey>("/", key => $"/api/v1/trusted-keys/{key}");

        keys.MapGet("/{key}", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowTrustedKey(key), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowTrustedKey>().Produces<ShowTrustedKey.View>();

        keys.MapPost("/{key}/revoke", async (string key, RevocationReason body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RevokeTrustedKey(key, body.Reason), cancellationToken)).ToHttp())
            .Sends<RevokeTrustedKey>().Produces(StatusCodes.Status204NoContent);
    }

    internal sealed record RevocationReason(string Reason);
}
