using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class TrustPoliciesApi
{
    public static void MapTrustPolicies(this IEndpointRouteBuilder api)
    {
        var policies = api.MapGroup("/trust-policies").WithTags("Trust policies").RequireAuthorization(nameof(Permission.ViewDeployments));

        policies.MapGet("/", async ([AsParameters] ListTrustPolicies query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListTrustPolicies>().Produces<ListTrustPolicies.Row[]>();

        policies.MapCreate<RegisterTrustPolicy>("/", key => $"/api/v1/trust-policies/{key}");

        policies.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowTrustPolicy(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowTrustPolicy>().Produces<ShowTrustPolicy.View>();

        policies.MapPost("/{key}/versions", async (
            string key, NewVersion body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PublishTrustPolicyVersion(key, body.Version, ifMatch?.Seen), cancellationToken))
                .ToHttp(published => TypedResults.Created($"/api/v1/trust-policies/{published}", new Endpoints.Created(published))))
            .Sends<PublishTrustPolicyVersion>().Produces<Endpoints.Created>(StatusCodes.Status201Created);

        policies.MapPost("/{key}/withdrawal", async (string key, WithdrawalReason body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new WithdrawTrustPolicy(key, body.Reason), cancellationToken)).ToHttp())
            .Sends<WithdrawTrustPolicy>().Produces(StatusCodes.Status204NoContent);
    }

    internal sealed record NewVersion(TrustPolicyInput Version);

    internal sealed record WithdrawalReason(string Reason);
}
