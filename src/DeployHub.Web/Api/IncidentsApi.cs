using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.ValueStream.Incidents;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>The door of the incident tool. Where several tools use the same reference, <c>source</c> says which one is meant.</summary>
internal static class IncidentsApi
{
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents").RequireAuthorization(nameof(Permission.ViewDeployments));

        incidents.MapGet("/", async (string? service, string? reference, bool? open, bool? undecided, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListIncidents(service, reference, open ?? false, undecided ?? false, after, limit), cancellationToken)))
            .Asks<ListIncidents>().Produces<ListIncidents.Row[]>();

        incidents.MapGet("/last", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ShowLastIncident(), cancellationToken))).Asks<ShowLastIncident>();

        incidents.MapGet("/{reference}", async (string reference, string? source, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowIncident(reference, source), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowIncident>().Produces<ShowIncident.View>();

        incidents.MapPut("/{reference}", async (string reference, string? source, Said body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(
                new ReportIncident(reference, source, body.Title, body.Severity, body.Service, body.Environment, body.StartedAt, body.ResolvedAt, body.Address), cancellationToken))
                .ToHttp(Answer))
            .Sends<ReportIncident>().Produces<ReportIncident.Reported>().Produces<ReportIncident.Reported>(StatusCodes.Status201Created);

        incidents.MapPost("/{reference}/resolution", async (string reference, string? source, Resolution body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResolveIncident(reference, source, body.ResolvedAt), cancellationToken)).ToHttp())
            .Sends<ResolveIncident>().Produces(StatusCodes.Status204NoContent);

        incidents.MapDelete("/{reference}/resolution", async (string reference, string? source, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ReopenIncident(reference, source), cancellationToken)).ToHttp())
            .Sends<ReopenIncident>().Produces(StatusCodes.Status204NoContent);

        incidents.MapPost("/{reference}/links", async (string reference, string? source, NewLink body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new LinkIncident(reference, source, body.Deployment, body.Reason), cancellationToken)).ToHttp())
            .Sends<LinkIncident>().Produces(StatusCodes.Status204NoContent);

        incidents.MapDecision("confirm", (reference, source, deployment, reason) => new ConfirmAttribution(reference, source, deployment, reason));
        incidents.MapDecision("reject", (reference, source, deployment, reason) => new RejectAttribution(reference, source, deployment, reason));

        api.MapGet("/services/{key}/incidents", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowServiceIncidents(key), cancellationToken)).ToHttp(TypedResults.Ok))
            .WithTags("Incidents").RequireAuthorization(nameof(Permission.ViewDeployments)).Asks<ShowServiceIncidents>().Produces<ShowServiceIncidents.View>();

        api.MapGet("/deployments/{number}/incidents", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDeploymentIncidents(number), cancellationToken)).ToHttp(TypedResults.Ok))
            .WithTags("Incidents").RequireAuthorization(nameof(Permission.ViewDeployments)).Asks<ShowDeploymentIncidents>().Produces<ShowDeploymentIncidents.View>();
    }

    private static void MapDecision<TCommand>(this IEndpointRouteBuilder incidents, string move, Func<string, string?, string, string, TCommand> command)
        where TCommand : ICommand<Result> =>
        incidents.MapPost($"/{{reference}}/links/{{deployment}}/{move}", async (
            string reference, string deployment, string? source, DeploymentsApi.ReasonBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command(reference, source, deployment, body.Reason), cancellationToken)).ToHttp())
            .Sends<TCommand>().Produces(StatusCodes.Status204NoContent);

    private static IResult Answer(ReportIncident.Reported reported) =>
        reported.IsNew ? TypedResults.Created($"{Api.Prefix}/incidents/{Uri.EscapeDataString(reported.Reference)}?source={reported.Source}", reported) : TypedResults.Ok(reported);

    /// <param name="Severity">From 1, the gravest, to 4.</param>
    /// <param name="Service">Key of the service that suffers.</param>
    /// <param name="Environment">Key of the environment; left out, live ones.</param>
    /// <param name="StartedAt">Left out, what was said before, else now.</param>
    /// <param name="ResolvedAt">Left out, nothing is said about that.</param>
    /// <param name="Address">Where it is kept in its tool, without user or password.</param>
    internal sealed record Said(
        string Title, int Severity, string Service, string? Environment = null, DateTimeOffset? StartedAt = null, DateTimeOffset? ResolvedAt = null, string? Address = null);

    /// <param name="ResolvedAt">Left out, now, or what was said before.</param>
    internal sealed record Resolution(DateTimeOffset? ResolvedAt = null);

    /// <param name="Deployment">Its number.</param>
    internal sealed record NewLink(string Deployment, string Reason);
}
