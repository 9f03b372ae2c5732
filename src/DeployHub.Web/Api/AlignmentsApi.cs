using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Features.Partners;
using Mediator;

namespace DeployHub.Web.Api;

internal static class AlignmentsApi
{
    public static void MapAlignments(this IEndpointRouteBuilder api)
    {
        var deployments = api.MapGroup("/deployments/{number}").WithTags("Partners").RequireAuthorization(nameof(Permission.ViewDeployments));

        deployments.MapGet("/alignments", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListAlignments(number), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ListAlignments>().Produces<ListAlignments.View>();
        deployments.MapGet("/alignments/{n:int}/message", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowAlignmentMessage(number, n), cancellationToken)).ToHttp(TypedResults.Ok))
            .RequireAuthorization(nameof(Permission.ViewPartners)).Asks<ShowAlignmentMessage>().Produces<ShowAlignmentMessage.Message>();
        deployments.MapPost("/alignments/{n:int}/answer", async (string number, int n, AnswerBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RecordAlignmentAnswer(number, n, body.Reply, body.AnsweredBy, body.Way, body.Words, body.Conditions, body.NotBefore, body.NotAfter), cancellationToken)).ToHttp())
            .Sends<RecordAlignmentAnswer>().Produces(StatusCodes.Status204NoContent);
        deployments.MapPost("/alignments/{n:int}/own-answer", async (string number, int n, OwnAnswerBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AnswerAlignment(number, n, body.Reply, body.Words, body.Conditions, body.NotBefore, body.NotAfter), cancellationToken)).ToHttp())
            .Sends<AnswerAlignment>().Produces(StatusCodes.Status204NoContent);
        deployments.MapPost("/alignments/{n:int}/override", async (string number, int n, WhyBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new OverrideObjection(number, n, body.Reason), cancellationToken)).ToHttp()).Sends<OverrideObjection>().Produces(StatusCodes.Status204NoContent);
        deployments.MapPost("/alignments/{n:int}/ask-again", async (string number, int n, WhyBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AskAgain(number, n, body.Reason), cancellationToken)).ToHttp()).Sends<AskAgain>().Produces(StatusCodes.Status204NoContent);
        deployments.MapPut("/partner-note", async (string number, NoteBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeForPartners(number, body.Changes, body.MustDo), cancellationToken)).ToHttp()).Sends<DescribeForPartners>().Produces(StatusCodes.Status204NoContent);
    }

    /// <param name="Way"><c>Phone</c>, <c>Email</c> or <c>Meeting</c>.</param>
    /// <param name="NotBefore">Such as <c>06:30:00</c>, by the organisation's clock.</param>
    internal sealed record AnswerBody(
        AlignmentReply? Reply, string AnsweredBy, AnswerWay Way = AnswerWay.Phone, string? Words = null, IReadOnlyList<string>? Conditions = null,
        TimeOnly? NotBefore = null, TimeOnly? NotAfter = null);

    /// <param name="NotBefore">Such as <c>06:30:00</c>, by the organisation's clock.</param>
    internal sealed record OwnAnswerBody(
        AlignmentReply? Reply, string? Words = null, IReadOnlyList<string>? Conditions = null, TimeOnly? NotBefore = null, TimeOnly? NotAfter = null);

    internal sealed record WhyBody(string Reason);

    internal sealed record NoteBody(string Changes, string? MustDo = null);
}
