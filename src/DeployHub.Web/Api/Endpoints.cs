using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

/// <summary>
/// How endpoints are written: a move is a resource. What names the subject stands in the route, the rest in the JSON body; an
/// endpoint with route values takes a small body record and builds the command from both.
/// </summary>
internal static class Endpoints
{
    /// <summary>POST whose body is the command and whose answer is 201 with the new thing's address.</summary>
    public static RouteHandlerBuilder MapCreate<TCommand>(this IEndpointRouteBuilder api, string route, Func<string, string> address)
        where TCommand : ICommand<Result<string>> =>
        api.MapPost(route, async (TCommand command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp(key => TypedResults.Created(address(key), new Created(key))))
            .Sends<TCommand>().Produces<Created>(StatusCodes.Status201Created);

    /// <summary>Names the command that an endpoint sends, for the parity test and the OpenAPI document.</summary>
    public static RouteHandlerBuilder Sends<TCommand>(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new SendsCommand(typeof(TCommand))).WithName(typeof(TCommand).Name);

    /// <summary>Every endpoint of the group reads strictly, answers with sentences, and does a POST with <c>Idempotency-Key</c> once.</summary>
    public static RouteGroupBuilder WithApiConventions(this RouteGroupBuilder api)
    {
        api.WithMetadata(new RequestSizeLimitAttribute(JsonSetup.LargestBody));
        api.AddEndpointFilter(ETags.PreconditionFailed);
        ((IEndpointConventionBuilder)api).Finally(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => BadRequests.Answer(http, inner => IdempotencyKeys.Answer(inner, next));
        });
        return api;
    }

    /// <summary>Names the query that an endpoint sends; its doc comment becomes the endpoint's description.</summary>
    public static RouteHandlerBuilder Asks<TQuery>(this RouteHandlerBuilder endpoint) => endpoint.WithName(typeof(TQuery).Name);

    /// <summary>The answer shows a secret once: it is not kept for an <c>Idempotency-Key</c>.</summary>
    public static RouteHandlerBuilder ShownOnce(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ShowsSecret());

    /// <summary>A list: the rows as JSON, the following page as a <c>Link</c> header.</summary>
    public static IResult Listed<TRow>(HttpContext http, Page<TRow> page)
    {
        if (page.Next is not null)
        {
            var query = http.Request.Query.Where(item => item.Key != "after").SelectMany(item => item.Value.Select(value => $"{item.Key}={Uri.EscapeDataString(value ?? "")}"));
            http.Response.Headers.Link = $"<{http.Request.Path}?{string.Join('&', query.Append($"after={Uri.EscapeDataString(page.Next)}"))}>; rel=\"next\"";
        }

        return TypedResults.Ok(page.Rows);
    }

    internal sealed record Created(string Key);

    internal sealed record SendsCommand(Type Command);

    internal sealed record ShowsSecret;
}
