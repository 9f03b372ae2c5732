using DeployHub.Domain.Access;
using DeployHub.Features.Audit;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>What auditors read: controls that DeployHub checks by itself, and where they did not hold.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/").WithTags("Audit").RequireAuthorization(nameof(Permission.ViewControls));

        audit.MapGet("/control-exceptions", async ([AsParameters] Listing listing, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListControlExceptions(listing.Check, listing.From, listing.Until, listing.Open ?? false, listing.After, listing.Limit), cancellationToken))
            .ToHttp(page => Endpoints.Listed(http, page))).Asks<ListControlExceptions>().Produces<ListControlExceptions.Row[]>();

        audit.MapGet("/control-checks", async (DateOnly? from, DateOnly? until, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CountControlExceptions(from, until), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<CountControlExceptions>().Produces<CountControlExceptions.Row[]>();

        api.MapGet("/deployments/{number}/aftermath", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowAftermath(number), cancellationToken)).ToHttp(TypedResults.Ok))
            .WithTags("Deployments").Asks<ShowAftermath>().Produces<ShowAftermath.View>().RequireAuthorization(nameof(Permission.ViewDeployments));
    }

    /// <param name="Check">The only control wanted, such as CC-5.</param>
    /// <param name="From">Only those since this day, UTC.</param>
    /// <param name="Until">Only those since this day at the latest, UTC.</param>
    /// <param name="Open">True for those that nothing has mended yet.</param>
    internal sealed record Listing(string? Check, DateOnly? From, DateOnly? Until, bool? Open, string? After, int? Limit);
}
