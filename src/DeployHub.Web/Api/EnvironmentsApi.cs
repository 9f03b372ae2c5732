using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class EnvironmentsApi
{
    public static void MapEnvironments(this IEndpointRouteBuilder api)
    {
        var environments = api.MapGroup("/environments").WithTags("Environments").RequireAuthorization(nameof(Permission.ViewDeployments));

        environments.MapGet("/", async ([AsParameters] ListEnvironments query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListEnvironments>().Produces<ListEnvironments.Row[]>();

        environments.MapCreate<RegisterEnvironment>("/", key => $"/api/v1/environments/{key}");

        environments.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowEnvironment(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowEnvironment>().Produces<ShowEnvironment.View>();

        environments.MapPut("/{key}", async (
            string key, EnvironmentDescription body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeEnvironment(key, body.Name, body.Owner, body.IsLive, body.Order, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<DescribeEnvironment>().Produces(StatusCodes.Status204NoContent);

        environments.MapPut("/{key}/policy", async (
            string key, Policy body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(
                new SetEnvironmentPolicy(key, body.MinimumApprovals, body.MaxExcludedPercent, body.AllowedModels, body.PromotionSource, ifMatch?.Seen, body.ChangeReferenceRequired),
                cancellationToken)).ToHttp())
            .Sends<SetEnvironmentPolicy>().Produces(StatusCodes.Status204NoContent);
    }

    internal sealed record EnvironmentDescription(string Name, string Owner, bool IsLive, int Order);

    internal sealed record Policy(int MinimumApprovals, int MaxExcludedPercent, IReadOnlyList<string>? AllowedModels = null, string? PromotionSource = null, bool ChangeReferenceRequired = false);
}
