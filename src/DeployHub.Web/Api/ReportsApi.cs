using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.Web.Access;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>The door for those whom a webhook asked: its token is their proof, so nobody signs in here.</summary>
internal static class ReportsApi
{
    private const string Bearer = "Bearer ";

    public static void MapReports(this IEndpointRouteBuilder api) =>
        api.MapPost("/reports/{report}", async (string report, ReportBody body, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ReportStep(report, TokenOf(http), body.Status, body.Message, body.Evidence), cancellationToken)).ToHttp())
            .Sends<ReportStep>().WithTags("Reports").Produces(StatusCodes.Status204NoContent).AllowAnonymous().WithMetadata(new BringsItsOwnProof());

    private static string TokenOf(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : "";

    internal sealed record ReportBody(ReportStatus Status, string? Message = null, IReadOnlyList<ReportStep.Shown>? Evidence = null);
}
