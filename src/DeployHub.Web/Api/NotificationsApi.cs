using DeployHub.Domain.Access;
using DeployHub.Features.Notifications;
using Mediator;

namespace DeployHub.Web.Api;

internal static class NotificationsApi
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        api.MapNotices();
        api.MapMail();
        api.MapPersonalChat();

        var deliveries = api.MapGroup("/deliveries").WithTags("Notifications").RequireAuthorization(nameof(Permission.ManageSettings));

        deliveries.MapGet("/", async ([AsParameters] ListDeliveries query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(page => Endpoints.Listed(http, page))).Asks<ListDeliveries>().Produces<ListDeliveries.Row[]>();

        deliveries.MapPost("/{delivery:guid}/replay", async (Guid delivery, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ReplayDelivery(delivery), cancellationToken)).ToHttp()).Sends<ReplayDelivery>().Produces(StatusCodes.Status204NoContent);

        deliveries.MapGet("/set-aside", async ([AsParameters] ListSetAside query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(page => Endpoints.Listed(http, page))).Asks<ListSetAside>().Produces<ListSetAside.Row[]>();

        deliveries.MapPost("/set-aside/{happening:long}/tell", async (long happening, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new TellAgain(happening), cancellationToken)).ToHttp()).Sends<TellAgain>().Produces(StatusCodes.Status204NoContent);
    }

    private static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Notifications").RequireAuthorization(nameof(Permission.ViewDeployments));

        notices.MapGet("/", async ([AsParameters] ListNotices query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListNotices>().Produces<ListNotices.Row[]>();

        notices.MapGet("/unread", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(new Unread(await sender.Send(new CountNotices(), cancellationToken))))
            .Asks<CountNotices>();

        notices.MapPost("/{number:long}/read", async (long number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ReadNotice(number), cancellationToken)).ToHttp(path => TypedResults.Ok(new Opened(path)))).Sends<ReadNotice>().Produces<Opened>();

        notices.MapPost("/read", async (ReadAllNotices command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp()).Sends<ReadAllNotices>().Produces(StatusCodes.Status204NoContent);

        var choices = api.MapGroup("/notification-choices").WithTags("Notifications").RequireAuthorization(nameof(Permission.ViewDeployments));

        choices.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => (await sender.Send(new ShowNotificationChoices(), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowNotificationChoices>().Produces<ShowNotificationChoices.View>();

        choices.MapPut("/", async (ChooseNotifications command, ISender sender, CancellationToken cancellationToken) => (await sender.Send(command, cancellationToken)).ToHttp())
            .Sends<ChooseNotifications>().Produces(StatusCodes.Status204NoContent);
    }

    private static void MapPersonalChat(this IEndpointRouteBuilder api)
    {
        var chat = api.MapGroup("/notification-choices/chat").WithTags("Notifications").RequireAuthorization(nameof(Permission.ViewDeployments));

        chat.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => (await sender.Send(new ShowPersonalChat(), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowPersonalChat>().Produces<ShowPersonalChat.View>();

        chat.MapPut("/", async (ChoosePersonalChat command, ISender sender, CancellationToken cancellationToken) => (await sender.Send(command, cancellationToken)).ToHttp())
            .Sends<ChoosePersonalChat>().Produces(StatusCodes.Status204NoContent);

        chat.MapDelete("/", async (ISender sender, CancellationToken cancellationToken) => (await sender.Send(new LeavePersonalChat(), cancellationToken)).ToHttp())
            .Sends<LeavePersonalChat>().Produces(StatusCodes.Status204NoContent);

        chat.MapPost("/test", async (ISender sender, CancellationToken cancellationToken) => (await sender.Send(new TestPersonalChat(), cancellationToken)).ToHttp())
            .Sends<TestPersonalChat>().Produces(StatusCodes.Status204NoContent);
    }

    private static void MapMail(this IEndpointRouteBuilder api)
    {
        var server = api.MapGroup("/mail-server").WithTags("Notifications").RequireAuthorization(nameof(Permission.ManageSettings));

        server.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => (await sender.Send(new ShowMailServer(), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowMailServer>().Produces<ShowMailServer.View>();

        server.MapPut("/", async (SetMailServer command, ISender sender, CancellationToken cancellationToken) => (await sender.Send(command, cancellationToken)).ToHttp())
            .Sends<SetMailServer>().Produces(StatusCodes.Status204NoContent);

        server.MapPost("/test", async (ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new TestMail(), cancellationToken)).ToHttp(id => TypedResults.Created($"{Api.Prefix}/deliveries", new Endpoints.Created(id))))
            .Sends<TestMail>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
    }

    internal sealed record Unread(int Count);

    /// <param name="Path">The page of what it is about.</param>
    internal sealed record Opened(string Path);
}
