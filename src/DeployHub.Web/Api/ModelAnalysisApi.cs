using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Models.Analysis;
using Mediator;

namespace DeployHub.Web.Api;

internal static class ModelAnalysisApi
{
    public static void MapModelAnalysis(this IEndpointRouteBuilder api)
    {
        var analysis = api.MapGroup("/models/{slug}/analysis").WithTags("Models").RequireAuthorization(nameof(Permission.ViewDeployments));

        analysis.MapGet("/", async (string slug, int[]? version, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AnalyseModel(slug, version), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<AnalyseModel>().Produces<AnalyseModel.View>();

        analysis.MapGet("/signals/{code}", async (string slug, SignalCode code, string? subject, int? version, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowSignal(slug, code, subject, version), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ShowSignal>().Produces<ShowSignal.View>();
    }
}
