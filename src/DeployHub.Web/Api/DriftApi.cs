using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class DriftApi
{
    public static void MapDrift(this IEndpointRouteBuilder api)
    {
        var environment = api.MapGroup("/environments/{key}").WithTags("Drift").RequireAuthorization(nameof(Permission.ViewDeployments));

        environment.MapGet("/drift-watch", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDriftWatch(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowDriftWatch>().Produces<ShowDriftWatch.View>();

        environment.MapPut("/drift-watch", async (
            string key, Watch body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SetDriftWatch(key, body.Facts, body.Every, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<SetDriftWatch>().Produces(StatusCodes.Status204NoContent);

        environment.MapPost("/scan", async (string key, Scan body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ScanEnvironment(key, body.Target), cancellationToken)).ToHttp(targets => TypedResults.Accepted($"/api/v1/environments/{key}/drift", new Scanned(targets))))
            .Sends<ScanEnvironment>().Produces<Scanned>(StatusCodes.Status202Accepted);

        environment.MapGet("/drift", async (string key, string? target, bool? all, Guid? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListDrift(key, target, all ?? false, after, limit), cancellationToken)).ToHttp(page => Endpoints.Listed(http, page)))
            .Asks<ListDrift>().Produces<ListDrift.Row[]>();

        environment.MapGet("/drift/{item:guid}", async (string key, Guid item, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDriftItem(key, item), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowDriftItem>().Produces<ListDrift.Row>();

        environment.MapPost("/drift/{item:guid}/confirm", async (string key, Guid item, Decision body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ConfirmDrift(key, item, body.Reason), cancellationToken)).ToHttp())
            .Sends<ConfirmDrift>().Produces(StatusCodes.Status204NoContent);

        environment.MapPost("/drift/{item:guid}/correct", async (string key, Guid item, Decision body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CorrectDrift(key, item, body.Reason), cancellationToken)).ToHttp())
            .Sends<CorrectDrift>().Produces(StatusCodes.Status204NoContent);

        environment.MapPost("/drift/{item:guid}/accept", async (string key, Guid item, Acceptance body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AcceptDrift(key, item, body.Observed, body.Reason, body.Change), cancellationToken)).ToHttp())
            .Sends<AcceptDrift>().Produces(StatusCodes.Status204NoContent);

        environment.MapPost("/drift/{item:guid}/dismiss", async (string key, Guid item, Decision body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DismissDrift(key, item, body.Reason), cancellationToken)).ToHttp())
            .Sends<DismissDrift>().Produces(StatusCodes.Status204NoContent);

        environment.MapPost("/drift/{item:guid}/ignore", async (string key, Guid item, Ignoring body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new IgnoreDrift(key, item, body.Until, body.Reason), cancellationToken)).ToHttp())
            .Sends<IgnoreDrift>().Produces(StatusCodes.Status204NoContent);
    }

    /// <param name="Every">The pause between two looks, such as <c>15m</c>; null looks only when somebody asks.</param>
    internal sealed record Watch(IReadOnlyList<WatchedFact> Facts, string? Every = null);

    /// <param name="Target">The only target to look at; null for all.</param>
    internal sealed record Scan(string? Target = null);

    /// <param name="Targets">How many targets are looked at.</param>
    internal sealed record Scanned(int Targets);

    internal sealed record Decision(string Reason);

    /// <param name="Observed">The value that is accepted, as the item shows it.</param>
    /// <param name="Change">Where the change is recorded: an address or a number.</param>
    internal sealed record Acceptance(string Observed, string Reason, string Change);

    internal sealed record Ignoring(DateTimeOffset Until, string Reason);
}
