using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ComponentVersionsApi
{
    public static void MapComponentVersions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/component-versions", async ([AsParameters] ListComponentVersions query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(page => Endpoints.Listed(http, page)))
            .Asks<ListComponentVersions>().Produces<ListComponentVersions.Row[]>().WithTags("Component versions").RequireAuthorization(nameof(Permission.ViewDeployments));

        var versions = api.MapGroup("/components/{key}/versions").WithTags("Component versions").RequireAuthorization(nameof(Permission.ViewDeployments));

        versions.MapGet("/", async (string key, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListComponentVersions(key, null, after, limit), cancellationToken)).ToHttp(page => Endpoints.Listed(http, page)))
            .WithName("ListVersionsOfComponent").WithSummary("Versions of one component, newest first, a page at a time, each with where it is.")
            .Produces<ListComponentVersions.Row[]>();

        versions.MapPost("/", async (string key, NewVersion body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RegisterComponentVersion(key, body.Label, body.Artefacts, body.Manifest, body.Provenance, body.Dependencies), cancellationToken)).ToHttp(Answer))
            .Sends<RegisterComponentVersion>()
            .Produces<RegisterComponentVersion.Registered>(StatusCodes.Status201Created)
            .Produces<RegisterComponentVersion.Registered>();

        versions.MapGet("/{label}", async (string key, string label, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowComponentVersion(key, label), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowComponentVersion>().Produces<ShowComponentVersion.View>();

        versions.MapPost("/{label}/recall", async (string key, string label, RecallReason body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RecallVersion(key, label, body.Reason), cancellationToken)).ToHttp())
            .Sends<RecallVersion>().Produces(StatusCodes.Status204NoContent);

        versions.MapGet("/{label}/test-reports", async (string key, string label, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListTestReports(key, label), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ListTestReports>().Produces<ListTestReports.Row[]>();

        versions.MapPost("/{label}/test-reports", (string key, string label, [AsParameters] TestReportBody.Said said, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            TestReportBody.ReadAsync(request, said, key, label, async command => (await sender.Send(command, cancellationToken)).ToHttp(TypedResults.Ok)))
            .Sends<ReportTests>().Accepts<ReportTests.Counted>("application/json", "application/xml").Produces<TestResults>()
            .WithMetadata(new RequestSizeLimitAttribute(JUnitReport.MostBytes));
    }

    /// <summary>200 when the same content was registered before: nothing was created this time.</summary>
    private static IResult Answer(RegisterComponentVersion.Registered version) =>
        version.IsNew ? TypedResults.Created($"/api/v1/components/{version.Component}/versions/{Uri.EscapeDataString(version.Label)}", version) : TypedResults.Ok(version);

    internal sealed record NewVersion(
        string Label, IReadOnlyList<RegisterComponentVersion.Artefact>? Artefacts = null,
        IReadOnlyDictionary<string, string>? Manifest = null, IReadOnlyDictionary<string, string>? Provenance = null, IReadOnlyList<Dependency>? Dependencies = null);

    internal sealed record RecallReason(string Reason);
}
