using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Communicating;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Notation.Editing;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        api.MapGet("/step-kinds", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListStepKinds(), cancellationToken)))
            .Asks<ListStepKinds>().WithTags("Models").RequireAuthorization(nameof(Permission.ViewDeployments));

        var starters = api.MapGroup("/model-starters").WithTags("Models").RequireAuthorization(nameof(Permission.ViewDeployments));

        starters.MapGet("/", async ([AsParameters] ListStarters query, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(query, cancellationToken)))
            .Asks<ListStarters>().Produces<ListStarters.Row[]>();

        starters.MapGet("/{slug}", async (string slug, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowStarter(slug), cancellationToken)).ToHttp(starter => ModelBody.AsYaml(starter.Yaml)))
            .Asks<ShowStarter>().Produces<string>(StatusCodes.Status200OK, "application/yaml");

        var models = api.MapGroup("/models").WithTags("Models").RequireAuthorization(nameof(Permission.ViewDeployments));

        models.MapGet("/", async ([AsParameters] ListModels query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListModels>().Produces<ListModels.Row[]>();

        models.MapPost("/validate", async (HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(request, body => sender.Send(new CheckModel(body.Text, body.Format), cancellationToken).AsTask(), answer => TypedResults.Ok(answer)))
            .Asks<CheckModel>().TakesModel().Produces<CheckModel.Answer>();

        models.MapPost("/", async (CreateModel command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp(created => TypedResults.Created(Address(created.Slug, created.Number), created)))
            .Sends<CreateModel>().Produces<CreateModel.Created>(StatusCodes.Status201Created);

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

        models.MapPut("/{slug}/owner", async (string slug, OwnerBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EntrustModel(slug, body.Owner, body.ReviewBy), cancellationToken)).ToHttp())
            .Sends<EntrustModel>().Produces(StatusCodes.Status204NoContent);

        models.MapPost("/{slug}/versions", async (string slug, DraftBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DraftModelVersion(slug, body.Intent, body.From), cancellationToken)).ToHttp(number => TypedResults.Created(Address(slug, number), new Drafted(slug, number))))
            .Sends<DraftModelVersion>().Produces<Drafted>(StatusCodes.Status201Created);

        models.MapGet("/{slug}/compare", async (string slug, int from, int to, string? fromModel, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CompareModelVersions(slug, from, to, fromModel), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<CompareModelVersions>().Produces<ModelDifferences>();

        models.MapPost("/{slug}/compare", async (string slug, int with, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(request, body => sender.Send(new CompareModelDocument(slug, with, body.Text, body.Format), cancellationToken).AsTask(), differences => differences.ToHttp(TypedResults.Ok)))
            .Asks<CompareModelDocument>().TakesModel().Produces<ModelDifferences>();

        models.MapPost("/{slug}/simulations", async (string slug, SimulationBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SimulateRun(body.Plan with { Model = slug }, body.Document, body.Subject), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<SimulateRun>().Produces<SimulateRun.View>();

        models.MapGet("/{slug}/updates", async (string slug, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListModelUpdates(slug), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<ListModelUpdates>().Produces<ListModelUpdates.View>();

        models.MapPost("/{slug}/updates", async (string slug, UpdateBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new TakeModelUpdate(slug, body.Part, body.Name, body.To, ifMatch?.Seen), cancellationToken)).ToHttp(number => TypedResults.Ok(new Drafted(slug, number))))
            .Sends<TakeModelUpdate>().Produces<Drafted>();

        models.MapPut("/{slug}/subscription", async (string slug, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SubscribeToModel(slug), cancellationToken)).ToHttp()).Sends<SubscribeToModel>().Produces(StatusCodes.Status204NoContent);

        models.MapDelete("/{slug}/subscription", async (string slug, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new UnsubscribeFromModel(slug), cancellationToken)).ToHttp()).Sends<UnsubscribeFromModel>().Produces(StatusCodes.Status204NoContent);

        models.MapVersions();
    }

    private static void MapVersions(this IEndpointRouteBuilder models)
    {
        var version = models.MapGroup("/{slug}/versions/{number:int}");

        version.MapGet("/", async (string slug, int number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowModelVersion(slug, number), cancellationToken)).ToHttp(view =>
            {
                http.Response.Headers.ETag = ETags.Of(view.RowVersion);
                return ModelBody.Answer(http.Request, view, view.Yaml);
            }))
            .Asks<ShowModelVersion>().Produces<ShowModelVersion.View>(StatusCodes.Status200OK, "application/json", "application/yaml");

        version.MapGet("/rehearsal", async (string slug, int number, RehearsalCase? @case, string? component, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SuggestRehearsal(slug, number, @case, component), cancellationToken)).ToHttp(TypedResults.Ok))
            .Asks<SuggestRehearsal>().Produces<SuggestRehearsal.View>();

        version.MapPut("/", async (
            string slug, int number, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(
                request,
                body => sender.Send(new WriteModelVersion(slug, number, body.Text, body.Format, ifMatch?.Seen), cancellationToken).AsTask(),
                written => written.ToHttp(answer => TypedResults.Ok(answer))))
            .Sends<WriteModelVersion>().TakesModel().Produces<WriteModelVersion.Written>();

        version.MapPatch("/", async (
            string slug, int number, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, DocumentEdit[] edits, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EditModelVersion(slug, number, edits, ifMatch?.Seen), cancellationToken)).ToHttp(TypedResults.Ok))
            .Sends<EditModelVersion>().Accepts<DocumentEdit[]>("application/json-patch+json", "application/json").Produces<WriteModelVersion.Written>();

        version.MapPut("/intent", async (string slug, int number, ModelIntent body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new IntendModelVersion(slug, number, body), cancellationToken)).ToHttp())
            .Sends<IntendModelVersion>().Produces(StatusCodes.Status204NoContent);

        version.MapPost("/start-testing", async (string slug, int number, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new StartTestingModelVersion(slug, number, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<StartTestingModelVersion>().Produces(StatusCodes.Status204NoContent);
        version.MapMove<PassModelVersionTesting>("/pass-testing", (slug, number) => new PassModelVersionTesting(slug, number));
        version.MapMove<RehearseAtTable, TableBody>("/table-rehearsals", (slug, number, body) => new RehearseAtTable(slug, number, body.Case, body.Passed, body.With, body.Notes));
        version.MapMove<ReopenModelVersion, Because>("/reopen", (slug, number, body) => new ReopenModelVersion(slug, number, body.Reason));
        version.MapMove<ApproveModelVersion, DigestBody>("/approve", (slug, number, body) => new ApproveModelVersion(slug, number, body.Digest));
        version.MapMove<PublishModelVersion, PublicationBody>(
            "/publish", (slug, number, body) => new PublishModelVersion(slug, number, body.ChangeReference, body.ReleaseNote, body.Migrations, body.AcknowledgeBy));
        version.MapMove<DiscardModelVersion, Because>("/discard", (slug, number, body) => new DiscardModelVersion(slug, number, body.Reason));
        version.MapMove<SuspendModelVersion, Because>("/suspend", (slug, number, body) => new SuspendModelVersion(slug, number, body.Reason));
        version.MapMove<ResumeModelVersion, Because>("/resume", (slug, number, body) => new ResumeModelVersion(slug, number, body.Reason));
        version.MapMove<AcknowledgePublication>("/acknowledge", (slug, number) => new AcknowledgePublication(slug, number));
        version.MapMove<ExemptPublicationReader, AbsenceBody>("/exempt", (slug, number, body) => new ExemptPublicationReader(slug, number, body.Person, body.Reason));
        version.MapGet("/readers", async (string slug, int number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowPublicationReaders(slug, number), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ShowPublicationReaders>().Produces<ShowPublicationReaders.View>();
        version.MapMove<RetireModelVersion, Because>("/retire", (slug, number, body) => new RetireModelVersion(slug, number, body.Reason));
    }

    private static void MapMove<TCommand>(this IEndpointRouteBuilder version, string route, Func<string, int, TCommand> command) where TCommand : ICommand<Result> =>
        version.MapPost(route, async (string slug, int number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command(slug, number), cancellationToken)).ToHttp()).Sends<TCommand>().Produces(StatusCodes.Status204NoContent);

    private static void MapMove<TCommand, TBody>(this IEndpointRouteBuilder version, string route, Func<string, int, TBody, TCommand> command) where TCommand : ICommand<Result> =>
        version.MapPost(route, async (string slug, int number, TBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command(slug, number, body), cancellationToken)).ToHttp()).Sends<TCommand>().Produces(StatusCodes.Status204NoContent);

    private static string Address(string slug, int number) => $"{Api.Prefix}/models/{slug}/versions/{number}";

    /// <summary>The schema that editors check a document by; open to everybody, as editors do not sign in.</summary>
    public static void MapModelSchema(this IEndpointRouteBuilder app) =>
        app.MapGet(ModelSchema.Path, () => TypedResults.Text(ModelSchema.Text, "application/schema+json")).AllowAnonymous();

    /// <summary>200 when the newest version said the same already: nothing was created this time.</summary>
    private static IResult Answer(ImportModel.Imported version) =>
        version.IsNew ? TypedResults.Created(Address(version.Slug, version.Number), version) : TypedResults.Ok(version);

    internal static RouteHandlerBuilder TakesModel(this RouteHandlerBuilder endpoint) => endpoint.Accepts<string>("application/yaml", "application/json");

    internal sealed record Because(string Reason);

    /// <param name="Person">Their e-mail address, or the id of their account.</param>
    internal sealed record AbsenceBody(string Person, string Reason);

    internal sealed record OwnerBody(string Owner, DateOnly ReviewBy);

    internal sealed record DraftBody(ModelIntent Intent, int? From = null);

    internal sealed record Drafted(string Slug, int Number);

    /// <param name="Part">What the text names: a block of the step library, or the model that it extends.</param>
    /// <param name="To">The version to take over.</param>
    internal sealed record UpdateBody(BuildingPart Part, string Name, int To);

    internal sealed record TableBody(RehearsalCase Case, bool Passed, string With, string Notes);

    internal sealed record DigestBody(string Digest);

    internal sealed record PublicationBody(string ChangeReference, string ReleaseNote, IReadOnlyList<PlanMigration>? Migrations = null, DateOnly? AcknowledgeBy = null);

    /// <param name="Plan">Its model is that of the address.</param>
    /// <param name="Document">The text of a model document that is not published, as YAML, to be simulated instead of a version.</param>
    /// <param name="Subject">Whose steps are wanted; left out, those of all.</param>
    internal sealed record SimulationBody(PlanInput Plan, string? Document = null, string? Subject = null);
}
