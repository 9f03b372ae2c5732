using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
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

        services.MapGet("/{key}/models", async (string key, string? component, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListFittingModels(key, component), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ListFittingModels>().Produces<ListFittingModels.Row[]>();

        MapVariables(services);
    }

    private static void MapVariables(RouteGroupBuilder services)
    {
        services.MapGet("/{key}/variables", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListVariables(key), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ListVariables>().Produces<ListVariables.Row[]>();

        services.MapGet("/{key}/variables/{name}", async (string key, string name, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowVariable(key, name), cancellationToken)).ToTagged(http, row => row.RowVersion))
            .Asks<ShowVariable>().Produces<ListVariables.Row>();

        services.MapPut("/{key}/variables/{name}", async (
            string key, string name, VariableValues body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SetVariable(key, name, body.Values, body.Description, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<SetVariable>().Produces(StatusCodes.Status204NoContent);

        services.MapDelete("/{key}/variables/{name}", async (
            string key, string name, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RemoveVariable(key, name, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<RemoveVariable>().Produces(StatusCodes.Status204NoContent);

        services.MapGet("/{key}/environments/{environment}/variables", async (
            string key, string environment, HttpContext http, ISender sender, CancellationToken cancellationToken, string? after = null, int? limit = null) =>
            (await sender.Send(new PreviewVariables(key, environment, after, limit), cancellationToken)).ToHttp(page => Endpoints.Listed(http, page)))
            .Asks<PreviewVariables>().Produces<PreviewVariables.Row[]>();
    }

    internal sealed record ServiceDescription(string Name, string Owner, string? Description = null);

    internal sealed record VariableValues(IReadOnlyList<ScopedValue> Values, string? Description = null);
}
