using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models.Reviewing;
using Mediator;

namespace DeployHub.Web.Api;

internal static class ReviewsApi
{
    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        var reviews = api.MapGroup("/reviews").WithTags("Reviews").RequireAuthorization(nameof(Permission.ViewDeployments));

        reviews.MapGet("/", async (bool? closed, string? model, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListReviews(closed ?? false, model, after, limit), cancellationToken)))
            .Asks<ListReviews>().Produces<ListReviews.Row[]>();

        reviews.MapCreate<ScheduleReview>("/", number => $"{Api.Prefix}/reviews/{number}");

        reviews.MapGet("/{number}", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowReview(number), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowReview>().Produces<ShowReview.View>();

        reviews.MapPost("/{number}/hold", async (string number, HoldBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new HoldReview(number, body.Participants ?? []), cancellationToken)).ToHttp())
            .Sends<HoldReview>().Produces(StatusCodes.Status204NoContent);

        reviews.MapPost("/{number}/verdicts", async (string number, VerdictBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new GiveVerdict(number, body.Finding, body.Verdict, body.CauseClass, body.Words ?? ""), cancellationToken)).ToHttp())
            .Sends<GiveVerdict>().Produces(StatusCodes.Status204NoContent);

        reviews.MapPost("/{number}/close", async (string number, CloseBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CloseReview(number, body.Narrative ?? "", body.CauseClass), cancellationToken)).ToHttp())
            .Sends<CloseReview>().Produces(StatusCodes.Status204NoContent);
    }

    /// <param name="Participants">E-mail addresses of people with accounts.</param>
    internal sealed record HoldBody(IReadOnlyList<string>? Participants = null);

    /// <param name="Finding">From 1, as the review numbers them.</param>
    /// <param name="Words">Why.</param>
    internal sealed record VerdictBody(int Finding, ReviewVerdict? Verdict = null, CauseClass? CauseClass = null, string? Words = null);

    /// <param name="CauseClass">Where the cause lay; needed for the review of a deployment.</param>
    internal sealed record CloseBody(string? Narrative = null, CauseClass? CauseClass = null);
}
