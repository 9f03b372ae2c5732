using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Features.Comments;
using Mediator;

namespace DeployHub.Web.Api;

internal static class CommentsApi
{
    public static void MapComments(this IEndpointRouteBuilder api)
    {
        var comments = api.MapGroup("/comments").WithTags("Comments").RequireAuthorization(nameof(Permission.ViewDeployments));
        comments.MapGet("/", async (CommentSubject subject, string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListComments(subject, key), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ListComments>().Produces<ListComments.View>();
        comments.MapCreate<WriteComment>("/", id => $"{Api.Prefix}/comments/{id}");
        comments.MapDelete("/{id:guid}", async (Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new WithdrawComment(id), cancellationToken)).ToHttp()).Sends<WithdrawComment>();

        var watches = api.MapGroup("/watches").WithTags("Comments").RequireAuthorization(nameof(Permission.ViewDeployments));
        watches.MapGet("/", async (ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ListWatches(), cancellationToken))).Asks<ListWatches>();
        watches.MapPut("/{subject}/{key}", async (WatchSubject subject, string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new StartWatching(subject, key), cancellationToken)).ToHttp()).Sends<StartWatching>();
        watches.MapDelete("/{subject}/{key}", async (WatchSubject subject, string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new StopWatching(subject, key), cancellationToken)).ToHttp()).Sends<StopWatching>();
    }
}
