using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Models.Improving;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ImprovementsApi
{
    public static void MapImprovements(this IEndpointRouteBuilder api)
    {
        var improvements = api.MapGroup("/improvements").WithTags("Improvements").RequireAuthorization(nameof(Permission.ViewDeployments));

        improvements.MapGet("/", async (
            string? model, ImprovementStatus? status, bool? all, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(new ListImprovements(model, status, all ?? false, after, limit), cancellationToken)))
            .Asks<ListImprovements>().Produces<ListImprovements.Row[]>();

        improvements.MapCreate<ProposeImprovement>("/", number => $"{Api.Prefix}/improvements/{number}");

        improvements.MapGet("/{number}", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowImprovement(number), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowImprovement>().Produces<ShowImprovement.View>();

        improvements.MapMove<AssessImprovement, AssessmentBody>(
            "assessment", (number, body, seen) => new AssessImprovement(number, body.Value, body.Effort, body.Risk, body.Note, body.Hypothesis, seen));
        improvements.MapMove<DeclineImprovement, DeclineBody>("decline", (number, body, seen) => new DeclineImprovement(number, body.Reason ?? "", seen));
        improvements.MapMove<MergeImprovement, MergeBody>("merge", (number, body, seen) => new MergeImprovement(number, body.Into ?? "", seen));
        improvements.MapMove<AcceptImprovement, AcceptanceBody>(
            "acceptance", (number, body, seen) => new AcceptImprovement(number, body.Owner ?? "", body.Due, body.Metric, body.Target ?? "", body.Reason, seen));
        improvements.MapMove<EvaluateImprovement, EvaluationBody>("evaluation", (number, body, seen) => new EvaluateImprovement(number, body.Verdict, body.Reason, seen));

        improvements.MapPost("/{number}/start", async (
            string number, StartBody? body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new StartImprovement(number, body?.TaskLink, ifMatch?.Seen), cancellationToken)).ToHttp(TypedResults.Ok))
            .Sends<StartImprovement>().Produces<StartImprovement.Started>();

        improvements.MapPost("/{number}/delivery", async (
            string number, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DeliverImprovement(number, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<DeliverImprovement>().Produces(StatusCodes.Status204NoContent);
    }

    private static void MapMove<TCommand, TBody>(this IEndpointRouteBuilder improvements, string move, Func<string, TBody, uint?, TCommand> command)
        where TCommand : ICommand<Result> =>
        improvements.MapPost($"/{{number}}/{move}", async (
            string number, TBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command(number, body, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<TCommand>().Produces(StatusCodes.Status204NoContent);

    /// <param name="Hypothesis">What is expected of it, said anew; left out, what its proposer said stays.</param>
    internal sealed record AssessmentBody(Level? Value = null, Level? Effort = null, Level? Risk = null, string? Note = null, string? Hypothesis = null);

    internal sealed record DeclineBody(string? Reason = null);

    /// <param name="Into">Number of the improvement that it goes on as.</param>
    internal sealed record MergeBody(string? Into = null);

    /// <param name="Owner">E-mail address of whoever answers for it.</param>
    /// <param name="Due">The day by which it is in use.</param>
    /// <param name="Target">What the metric should become: a percentage such as <c>93 %</c>, or a time such as <c>5h</c>.</param>
    internal sealed record AcceptanceBody(string? Owner = null, DateOnly? Due = null, ImprovementMetric? Metric = null, string? Target = null, string? Reason = null);

    /// <param name="TaskLink">The address of the task, where no version of the model has to change.</param>
    internal sealed record StartBody(string? TaskLink = null);

    /// <param name="Reason">Needed for another verdict than the figures suggest.</param>
    internal sealed record EvaluationBody(EffectVerdict? Verdict = null, string? Reason = null);
}
