using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class TargetsApi
{
    public static void MapTargets(this IEndpointRouteBuilder api)
    {
        var targets = api.MapGroup("/environments/{key}/targets").WithTags("Targets").RequireAuthorization(nameof(Permission.ViewDeployments));

        targets.MapGet("/", async (string key, bool? retired, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListTargets(key, retired ?? false, after, limit), cancellationToken)).ToHttp(page => Endpoints.Listed(http, page)))
            .Asks<ListTargets>().Produces<ShowTarget.View[]>();

        targets.MapPost("/", async (string key, NewTarget body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RegisterTarget(key, body.Name, body.Connection, body.Labels, body.Variables, body.Pool), cancellationToken))
                .ToHttp(name => TypedResults.Created($"/api/v1/environments/{key}/targets/{name}", new Endpoints.Created(name))))
            .Sends<RegisterTarget>().Produces<Endpoints.Created>(StatusCodes.Status201Created);

        targets.MapGet("/{name}", async (string key, string name, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowTarget(key, name), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowTarget>().Produces<ShowTarget.View>();

        targets.MapPut("/{name}", async (
            string key, string name, TargetConfiguration body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ConfigureTarget(key, name, body.Connection, body.Labels, body.Variables, body.Pool, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<ConfigureTarget>().Produces(StatusCodes.Status204NoContent);

        targets.MapPost("/{name}/retire", async (string key, string name, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RetireTarget(key, name), cancellationToken)).ToHttp())
            .Sends<RetireTarget>().Produces(StatusCodes.Status204NoContent);

        targets.MapPost("/{name}/keys", async (string key, string name, NewKey body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new IssueTargetKey(key, name, body.ExpiresAt), cancellationToken)).ToHttp(token => TypedResults.Ok(new AccessApi.OneTime(token))))
            .Sends<IssueTargetKey>().Produces<AccessApi.OneTime>().ShownOnce();

        targets.MapPost("/{name}/observations", async (string key, string name, Observation body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ReportObservation(key, name, body.Component, body.Version, body.Source, body.ObservedAt), cancellationToken)).ToHttp())
            .Sends<ReportObservation>().Produces(StatusCodes.Status204NoContent);
    }

    internal sealed record NewKey(DateTimeOffset ExpiresAt);

    internal sealed record NewTarget(
        string Name, Connection Connection, IReadOnlyDictionary<string, string>? Labels = null, IReadOnlyDictionary<string, string>? Variables = null, string? Pool = null);

    internal sealed record TargetConfiguration(
        Connection Connection, IReadOnlyDictionary<string, string>? Labels = null, IReadOnlyDictionary<string, string>? Variables = null, string? Pool = null);

    /// <param name="Version">Label of a registered version; null when the component is absent.</param>
    internal sealed record Observation(string Component, string? Version, string Source, DateTimeOffset? ObservedAt = null);
}
