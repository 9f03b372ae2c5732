using DeployHub.Domain.Access;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class BlocksApi
{
    public static void MapBlocks(this IEndpointRouteBuilder api)
    {
        var blocks = api.MapGroup("/blocks").WithTags("Step library").RequireAuthorization(nameof(Permission.ViewDeployments));

        blocks.MapGet("/", async ([AsParameters] ListBlocks query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListBlocks>().Produces<ListBlocks.Row[]>();

        blocks.MapPost("/validate", async (HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(request, body => sender.Send(new CheckBlock(body.Text, body.Format), cancellationToken).AsTask(), answer => TypedResults.Ok(answer)))
            .Asks<CheckBlock>().TakesModel().Produces<CheckBlock.Answer>();

        blocks.MapCreate<CreateBlock>("/", Address);

        blocks.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowBlock(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowBlock>().Produces<ShowBlock.View>();

        blocks.MapPut("/{key}", async (
            string key, string? releaseNote, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(
                request,
                body => sender.Send(new ImportBlock(key, body.Text, body.Format, releaseNote, ifMatch?.Seen), cancellationToken).AsTask(),
                imported => imported.ToHttp(Answer)))
            .Sends<ImportBlock>().TakesModel()
            .Produces<ImportBlock.Imported>(StatusCodes.Status201Created)
            .Produces<ImportBlock.Imported>();

        blocks.MapGet("/{key}/uses", async (string key, string? after, int? limit, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListBlockUses(key, after, limit), cancellationToken)).ToHttp(page => Endpoints.Listed(http, page)))
            .Asks<ListBlockUses>().Produces<ListBlockUses.Row[]>();

        blocks.MapPost("/{key}/versions", async (string key, BasisBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DraftBlockVersion(key, body.From), cancellationToken)).ToHttp(number => TypedResults.Created(Address(key, number), new DraftedBlock(key, number))))
            .Sends<DraftBlockVersion>().Produces<DraftedBlock>(StatusCodes.Status201Created);

        blocks.MapVersions();
    }

    /// <summary>The schema that editors check a document by; open to everybody, as editors do not sign in.</summary>
    public static void MapBlockSchema(this IEndpointRouteBuilder app) =>
        app.MapGet(BlockSchema.Path, () => TypedResults.Text(BlockSchema.Text, "application/schema+json")).AllowAnonymous();

    private static void MapVersions(this IEndpointRouteBuilder blocks)
    {
        var version = blocks.MapGroup("/{key}/versions/{number:int}");

        version.MapGet("/", async (string key, int number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowBlockVersion(key, number), cancellationToken)).ToHttp(view =>
            {
                http.Response.Headers.ETag = ETags.Of(view.RowVersion);
                return ModelBody.Answer(http.Request, view, view.Yaml);
            }))
            .Asks<ShowBlockVersion>().Produces<ShowBlockVersion.View>(StatusCodes.Status200OK, "application/json", "application/yaml");

        version.MapPut("/", async (
            string key, int number, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await ModelBody.ReadAsync(
                request,
                body => sender.Send(new WriteBlockVersion(key, number, body.Text, body.Format, ifMatch?.Seen), cancellationToken).AsTask(),
                written => written.ToHttp(answer => TypedResults.Ok(answer))))
            .Sends<WriteBlockVersion>().TakesModel().Produces<WriteBlockVersion.Written>();

        version.MapPost("/publish", async (string key, int number, PublishBlockBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PublishBlockVersion(key, number, body.Digest, body.ReleaseNote), cancellationToken)).ToHttp())
            .Sends<PublishBlockVersion>().Produces(StatusCodes.Status204NoContent);

        version.MapPost("/discard", async (string key, int number, ModelsApi.Because body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DiscardBlockVersion(key, number, body.Reason), cancellationToken)).ToHttp())
            .Sends<DiscardBlockVersion>().Produces(StatusCodes.Status204NoContent);

        version.MapPost("/retire", async (string key, int number, ModelsApi.Because body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RetireBlockVersion(key, number, body.Reason), cancellationToken)).ToHttp())
            .Sends<RetireBlockVersion>().Produces(StatusCodes.Status204NoContent);
    }

    private static string Address(string key) => $"{Api.Prefix}/blocks/{key}";

    private static string Address(string key, int number) => $"{Address(key)}/versions/{number}";

    /// <summary>200 when the version that was published last said the same already: nothing was created this time.</summary>
    private static IResult Answer(ImportBlock.Imported version) =>
        version.IsNew ? TypedResults.Created(Address(version.Key, version.Number), version) : TypedResults.Ok(version);

    /// <param name="From">Number of the version to begin with; left out, the one that was published last.</param>
    internal sealed record BasisBody(int? From = null);

    internal sealed record DraftedBlock(string Key, int Number);

    /// <param name="Digest">Of the text that was read.</param>
    internal sealed record PublishBlockBody(string Digest, string ReleaseNote);
}
