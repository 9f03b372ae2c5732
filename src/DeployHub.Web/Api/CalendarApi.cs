using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments.Calendar;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class CalendarApi
{
    public static void MapWindowsAndFreezes(this IEndpointRouteBuilder api)
    {
        MapWindows(api.MapGroup("/windows").WithTags("Windows").RequireAuthorization(nameof(Permission.ViewDeployments)));
        MapFreezes(api.MapGroup("/freezes").WithTags("Freezes").RequireAuthorization(nameof(Permission.ViewDeployments)));
        MapExceptions(api.MapGroup("/freeze-exceptions").WithTags("Freezes").RequireAuthorization(nameof(Permission.ViewDeployments)));

        var calendar = api.MapGroup("/calendar").WithTags("Windows").RequireAuthorization(nameof(Permission.ViewDeployments));
        calendar.MapGet("/check", async ([AsParameters] Check check, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(check.ToQuery(), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<CheckSlot>().Produces<CheckSlot.View>();
        calendar.MapGet("/recurrence", async ([AsParameters] Recurring recurring, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PreviewRecurrence(recurring.ToInput()), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<PreviewRecurrence>().Produces<PreviewRecurrence.View>();
        api.MapGet("/deployments/{number}/calendar", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDeploymentCalendar(number), cancellationToken)).ToHttp(TypedResults.Ok))
            .WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments)).Asks<ShowDeploymentCalendar>().Produces<ShowDeploymentCalendar.View>();
    }

    private static void MapWindows(RouteGroupBuilder windows)
    {
        windows.MapGet("/", async ([AsParameters] Listing listing, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListWindows(listing.Environment, listing.Service, listing.All ?? false, listing.After, listing.Limit), cancellationToken)))
            .Asks<ListWindows>().Produces<ListWindows.Row[]>();
        windows.MapCreate<DefineWindow>("/", number => $"{Api.Prefix}/windows/{number}");
        windows.MapGet("/{number}", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowWindow(number), cancellationToken)).ToTagged(http, view => view.RowVersion)).Asks<ShowWindow>().Produces<ShowWindow.View>();
        windows.MapPut("/{number}", async (string number, WindowBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ChangeWindow(number, body.Name, body.Reason, body.Owner, body.When, ifMatch?.Seen), cancellationToken)).ToHttp()).Sends<ChangeWindow>();
        windows.MapMove<EndWindow, ReasonBody>("end", (number, body, seen) => new EndWindow(number, body.Reason, seen));
    }

    private static void MapFreezes(RouteGroupBuilder freezes)
    {
        freezes.MapGet("/", async ([AsParameters] Listing listing, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListFreezes(listing.Environment, listing.Service, listing.All ?? false, listing.After, listing.Limit), cancellationToken)))
            .Asks<ListFreezes>().Produces<ListFreezes.Row[]>();
        freezes.MapCreate<DeclareFreeze>("/", number => $"{Api.Prefix}/freezes/{number}");
        freezes.MapGet("/{number}", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowFreeze(number), cancellationToken)).ToTagged(http, view => view.RowVersion)).Asks<ShowFreeze>().Produces<ShowFreeze.View>();
        freezes.MapMove<LiftFreeze, ReasonBody>("lift", (number, body, seen) => new LiftFreeze(number, body.Reason, seen));
    }

    private static void MapExceptions(RouteGroupBuilder exceptions)
    {
        exceptions.MapGet("/", async (string? deployment, FreezeExceptionStatus? status, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListFreezeExceptions(deployment, status, after, limit), cancellationToken)))
            .Asks<ListFreezeExceptions>().Produces<ListFreezeExceptions.Row[]>();
        exceptions.MapCreate<RequestFreezeException>("/", number => $"{Api.Prefix}/freeze-exceptions/{number}");
        exceptions.MapGet("/{number}", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowFreezeException(number), cancellationToken)).ToTagged(http, view => view.RowVersion)).Asks<ShowFreezeException>().Produces<ShowFreezeException.View>();
        exceptions.MapMove<GrantFreezeException, GrantBody>("grant", (number, body, seen) => new GrantFreezeException(number, body.Until, body.Condition, body.Reason, seen, body.ConditionDue, body.ConditionBeforeStart));
        exceptions.MapMove<RefuseFreezeException, ReasonBody>("refuse", (number, body, seen) => new RefuseFreezeException(number, body.Reason, seen));
    }

    private static void MapMove<TCommand, TBody>(this IEndpointRouteBuilder group, string move, Func<string, TBody, uint?, TCommand> command)
        where TCommand : ICommand<Result> =>
        group.MapPost($"/{{number}}/{move}", async (
            string number, TBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command(number, body, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<TCommand>().Produces(StatusCodes.Status204NoContent);

    /// <param name="Environment">Only those that hold in this environment.</param>
    /// <param name="Service">Only those that hold for this service.</param>
    /// <param name="All">True to see those that are over, too.</param>
    internal sealed record Listing(string? Environment, string? Service, bool? All, string? After, int? Limit);

    /// <inheritdoc cref="CheckSlot"/>
    internal sealed record Check(
        string Environment, string? Service, string[]? Targets, DateTimeOffset? Start, DateTimeOffset? End, int? LengthMinutes, Domain.Deployments.ChangeCategory? Category, string? Deployment,
        string[]? OtherServices, string[]? Components)
    {
        public CheckSlot ToQuery() => new(Environment, Service, Targets, Start, End, LengthMinutes, Category ?? Domain.Deployments.ChangeCategory.Normal, Deployment,
            OtherServices is { Length: > 0 } ? OtherServices : null, Components); // none are sent where none are named
    }

    /// <inheritdoc cref="RecurrenceInput"/>
    internal sealed record Recurring(DateTime? Start, DateTime? End, string? Zone, string? Rule, DateOnly[]? Except)
    {
        public RecurrenceInput ToInput() => new()
        {
            Start = Start,
            End = End,
            Zone = Zone ?? "",
            Rule = Rule,
            Except = Except ?? [],
        };
    }

    internal sealed record WindowBody(string Name, string Reason, string Owner, RecurrenceInput When);

    internal sealed record ReasonBody(string Reason);

    /// <param name="Until">By when a run has to have started and begun its phases.</param>
    /// <param name="ConditionDue">By when the condition has to be met.</param>
    /// <param name="ConditionBeforeStart">No run starts before it is met.</param>
    internal sealed record GrantBody(DateTimeOffset? Until, string? Condition = null, string? Reason = null, DateTimeOffset? ConditionDue = null, bool ConditionBeforeStart = false);
}
