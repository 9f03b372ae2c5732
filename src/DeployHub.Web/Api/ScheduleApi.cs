using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Clashing;
using DeployHub.Features.Deployments.Feeds;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

/// <summary>When things happen: the calendar, clashes, feeds for calendar programs, and the calendars of others.</summary>
internal static class ScheduleApi
{
    private const string CalendarType = "text/calendar";

    private static readonly Error NotACalendar = new(ErrorKind.Invalid, "request.not-a-calendar", $"Send the calendar as it is, with Content-Type: {CalendarType}.");

    private static readonly Error TooLarge = new(ErrorKind.Invalid, "request.too-large", $"A calendar has at most {BusyCalendar.Largest / 1024 / 1024} MiB.");

    public static void MapSchedule(this IEndpointRouteBuilder api)
    {
        var calendar = api.MapGroup("/calendar").WithTags("Calendar").RequireAuthorization(nameof(Permission.ViewDeployments));
        calendar.MapGet("/", async ([AsParameters] ShowCalendar query, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ShowCalendar>().Produces<ShowCalendar.View>();
        calendar.MapGet("/clashes", async ([AsParameters] FindClashes query, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<FindClashes>().Produces<FindClashes.View>();

        var deployments = api.MapGroup("/deployments").WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments));
        deployments.MapPost("/{number}/accepted-clashes", async (string number, AcceptedBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AcceptClash(number, body.With, body.Reason), cancellationToken)).ToHttp()).Sends<AcceptClash>();

        api.MapFeed();
        api.MapBusyCalendars();
    }

    private static void MapFeed(this IEndpointRouteBuilder api)
    {
        var feed = api.MapGroup("/calendar-feed").WithTags("Calendar").RequireAuthorization(nameof(Permission.ViewDeployments));
        feed.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ShowCalendarFeed(), cancellationToken))).Asks<ShowCalendarFeed>();
        feed.MapPost("/", async (ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RenewCalendarFeed(), cancellationToken)).ToHttp(token => TypedResults.Ok(new FeedAddress($"{CalendarFeedDoor.Prefix}/{token}.ics"))))
            .Sends<RenewCalendarFeed>().Produces<FeedAddress>().ShownOnce();
        feed.MapDelete("/", async (ISender sender, CancellationToken cancellationToken) => (await sender.Send(new EndCalendarFeed(), cancellationToken)).ToHttp()).Sends<EndCalendarFeed>();
    }

    private static void MapBusyCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/busy-calendars").WithTags("Calendar").RequireAuthorization(nameof(Permission.ViewDeployments));
        calendars.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListBusyCalendars(), cancellationToken))).Asks<ListBusyCalendars>();
        calendars.MapCreate<AddBusyCalendar>("/", key => $"/api/v1/busy-calendars/{key}");
        calendars.MapPut("/{key}", async (string key, BusySettings body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeBusyCalendar(key, body, ifMatch?.Seen), cancellationToken)).ToHttp()).Sends<DescribeBusyCalendar>();
        calendars.MapDelete("/{key}", async (string key, ISender sender, CancellationToken cancellationToken) => (await sender.Send(new RemoveBusyCalendar(key), cancellationToken)).ToHttp()).Sends<RemoveBusyCalendar>();
        calendars.MapPost("/{key}/fetches", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new FetchBusyCalendar(key), cancellationToken)).ToHttp()).Sends<FetchBusyCalendar>();
        calendars.MapPut("/{key}/file", async (string key, HttpRequest request, ISender sender, CancellationToken cancellationToken) => await UploadAsync(key, request, sender, cancellationToken))
            .Sends<UploadBusyCalendar>().Accepts<byte[]>(CalendarType).Produces<UploadBusyCalendar.Uploaded>();
    }

    private static async Task<IResult> UploadAsync(string key, HttpRequest request, ISender sender, CancellationToken cancellationToken)
    {
        if (request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not CalendarType) return ResultToHttp.Problem(NotACalendar, StatusCodes.Status415UnsupportedMediaType);

        var bytes = new byte[BusyCalendar.Largest + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > BusyCalendar.Largest
            ? ResultToHttp.Problem(TooLarge, StatusCodes.Status413PayloadTooLarge)
            : (await sender.Send(new UploadBusyCalendar(key, Encoding.UTF8.GetString(bytes, 0, length)), cancellationToken)).ToHttp(uploaded => TypedResults.Ok(uploaded));
    }

    internal sealed record AcceptedBody(string With, string Reason);

    /// <param name="Path">Of the feed about oneself; those of a service and an environment lie beneath it.</param>
    internal sealed record FeedAddress(string Path);
}
