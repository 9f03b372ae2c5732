using DeployHub.Domain.Deployments.Feeds;
using DeployHub.Features.Deployments.Feeds;
using Mediator;
using Microsoft.Net.Http.Headers;

namespace DeployHub.Web.Api;

/// <summary>The door for calendar programs: what they know is the address, and it says who they read for. They read, and change nothing.</summary>
internal static class CalendarFeedDoor
{
    public const string Prefix = "/calendar/feeds";

    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapCalendarFeeds(this IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup(Prefix).AllowAnonymous().ExcludeFromDescription();
        feeds.MapMethods("/{token}.ics", Reading, (string token, HttpContext http, ISender sender) => AnswerAsync(http, sender, token, FeedSubject.Person, null));
        feeds.MapMethods("/{token}/services/{key}.ics", Reading, (string token, string key, HttpContext http, ISender sender) => AnswerAsync(http, sender, token, FeedSubject.Service, key));
        feeds.MapMethods("/{token}/environments/{key}.ics", Reading, (string token, string key, HttpContext http, ISender sender) => AnswerAsync(http, sender, token, FeedSubject.Environment, key));
    }

    /// <summary>Its address is a secret: it stands in no trace.</summary>
    public static bool IsFeed(this HttpRequest request) => request.Path.StartsWithSegments(Prefix);

    private static async Task<IResult> AnswerAsync(HttpContext http, ISender sender, string token, FeedSubject subject, string? key)
    {
        var site = Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}", UriKind.Absolute, out var found) ? found : null;
        var read = await sender.Send(new ReadCalendarFeed(token, subject, key, site), http.RequestAborted);
        if (read.Error is { } refusal) return TypedResults.Text(refusal.Message, statusCode: StatusCodes.Status404NotFound);

        http.Response.Headers.CacheControl = "private, max-age=300";
        return IsKnown(http, read.Value) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Text(read.Value.Text, $"{FeedText.MediaType}; charset=utf-8");
    }

    private static bool IsKnown(HttpContext http, ReadCalendarFeed.View view)
    {
        var tag = new EntityTagHeaderValue($"\"{view.Tag}\"");
        var headers = http.Response.GetTypedHeaders();
        (headers.ETag, headers.LastModified) = (tag, view.ChangedAt);
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any));
    }
}
