using DeployHub.Domain.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/step-kinds", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListStepKinds(), cancellationToken)))
            .Asks<ListStepKinds>().WithTags("Models").RequireAuthorization(nameof(Permission.ViewDeployments));

        var models = api.MapGroup("/models").WithTags("Models").RequireAuthorization(nameof(Permission.ViewDeployments));

        models.MapGet("/", async ([AsParameters] ListModels query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListModels>().Produces<ListModels.Row[]>();

        models.MapPost("/validate", async (HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(request, body => sender.Send(new CheckModel(body.Text, body.Format), cancellationToken).AsTask(), answer => TypedResults.Ok(answer)))
            .Asks<CheckModel>().TakesModel().Produces<CheckModel.Answer>();

        models.MapGet("/{slug}", async (string slug, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowModel(slug), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowModel>().Produces<ShowModel.View>();

        models.MapPut("/{slug}", async (
            string slug, string? releaseNote, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(
                request,
                body => sender.Send(new ImportModel(slug, body.Text, body.Format, releaseNote, ifMatch?.Seen), cancellationToken).AsTask(),
                imported => imported.ToHttp(Answer)))
            .Sends<ImportModel>().TakesModel()
            .Produces<ImportModel.Imported>(StatusCodes.Status201Created)
            .Produces<ImportModel.Imported>();

        models.MapGet("/{slug}/versions/{number:int}", async (string slug, int number, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowModelVersion(slug, number), cancellationToken)).ToHttp(view => ModelBody.Answer(request, view)))
            .Asks<ShowModelVersion>().Produces<ShowModelVersion.View>(StatusCodes.Status200OK, "application/json", "application/yaml");

        models.MapGet("/{slug}/compare", async (string slug, int from, int to, string? fromModel, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CompareModelVersions(slug, from, to, fromModel), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<CompareModelVersions>().Produces<ModelDifferences>();

        models.MapPost("/{slug}/compare", async (string slug, int with, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(request, body => sender.Send(new CompareModelDocument(slug, with, body.Text, body.Format), cancellationToken).AsTask(), differences => differences.ToHttp(TypedResults.Ok)))
            .Asks<CompareModelDocument>().TakesModel().Produces<ModelDifferences>();

        models.MapPost("/{slug}/simulations", async (string slug, SimulationBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SimulateRun(body.Plan with { Model = slug }, body.Document, body.Subject), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<SimulateRun>().Produces<SimulateRun.View>();

        models.MapPost("/{slug}/versions/{number:int}/suspend", async (string slug, int number, Because body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SuspendModelVersion(slug, number, body.Reason), cancellationToken)).ToHttp())
            .Sends<SuspendModelVersion>().Produces(StatusCodes.Status204NoContent);

        models.MapPost("/{slug}/versions/{number:int}/resume", async (string slug, int number, Because body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResumeModelVersion(slug, number, body.Reason), cancellationToken)).ToHttp())
            .Sends<ResumeModelVersion>().Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The schema that editors check a document by; open to everybody, as editors do not sign in.</summary>
    public static void MapModelSchema(this IEndpointRouteBuilder app) =>
        app.MapGet(ModelSchema.Path, () => TypedResults.Text(ModelSchema.Text, "application/schema+json")).AllowAnonymous();

    /// <summary>200 when the newest version said the same already: nothing was created this time.</summary>
    private static IResult Answer(ImportModel.Imported version) =>
        version.IsNew ? TypedResults.Created($"{Api.Prefix}/models/{version.Slug}/versions/{version.Number}", version) : TypedResults.Ok(version);

    private static RouteHandlerBuilder TakesModel(this RouteHandlerBuilder endpoint) => endpoint.Accepts<string>("application/yaml", "application/json");

    internal sealed record Because(string Reason);

    /// <param name="Plan">Its model is that of the address.</param>
    /// <param name="Document">The text of a model document that is not published, as YAML, to be simulated instead of a version.</param>
    /// <param name="Subject">Whose steps are wanted; left out, those of all.</param>
    internal sealed record SimulationBody(PlanInput Plan, string? Document = null, string? Subject = null);
}
