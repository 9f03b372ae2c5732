using DeployHub.Domain.Access;
using DeployHub.Features.Notifications;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class WebhooksApi
{
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks").RequireAuthorization(nameof(Permission.ManageSettings));

        webhooks.MapGet("/", async ([AsParameters] ListWebhooks query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListWebhooks>().Produces<ListWebhooks.Row[]>();

        webhooks.MapCreate<CreateWebhook>("/", key => $"/api/v1/webhooks/{key}");

        webhooks.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowWebhook(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowWebhook>().Produces<ShowWebhook.View>();

        webhooks.MapPut("/{key}", async (
            string key, Description body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ChangeWebhook(key, body.Name, body.Url, body.Secret, body.Events, body.Service, body.Environment, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<ChangeWebhook>().Produces(StatusCodes.Status204NoContent);

        webhooks.MapPost("/{key}/enable", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EnableWebhook(key), cancellationToken)).ToHttp()).Sends<EnableWebhook>();

        webhooks.MapPost("/{key}/disable", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DisableWebhook(key), cancellationToken)).ToHttp()).Sends<DisableWebhook>();

        webhooks.MapPost("/{key}/test", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new TestWebhook(key), cancellationToken)).ToHttp(id => TypedResults.Created($"/api/v1/deliveries?webhook={key}", new Endpoints.Created(id))))
            .Sends<TestWebhook>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
    }

    internal sealed record Description(string Name, string Url, string Secret, IReadOnlyList<string> Events, string? Service = null, string? Environment = null);
}
