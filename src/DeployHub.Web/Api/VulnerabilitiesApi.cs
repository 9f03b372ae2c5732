using DeployHub.Domain.Access;
using DeployHub.Features.Vulnerabilities;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class VulnerabilitiesApi
{
    public static void MapVulnerabilities(this IEndpointRouteBuilder api)
    {
        var lists = api.MapGroup("/vulnerability-lists").WithTags("Vulnerabilities").RequireAuthorization(nameof(Permission.ViewDeployments));

        lists.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListVulnerabilityLists(), cancellationToken)))
            .Asks<ListVulnerabilityLists>();

        lists.MapPost("/", async ([FromQuery] string[]? wholeListsOf, DateTimeOffset? asOf, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ImportVulnerabilities(request.Body, wholeListsOf, asOf), cancellationToken)).ToHttp(imported => TypedResults.Ok(imported)))
            .Sends<ImportVulnerabilities>().Accepts<byte[]>("application/json", "application/x-ndjson", "application/zip", "application/octet-stream").Produces<ImportVulnerabilities.Imported>()
            .WithMetadata(new RequestSizeLimitAttribute(ImportVulnerabilities.MostBytes));
    }
}
