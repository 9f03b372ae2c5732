using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models.Sources;
using DeployHub.Web.Access;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class ModelSourcesApi
{
    public static void MapModelSources(this IEndpointRouteBuilder api)
    {
        var sources = api.MapGroup("/model-sources").WithTags("Model sources").RequireAuthorization(nameof(Permission.ViewDeployments));

        sources.MapGet("/", async ([AsParameters] ListModelSources query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListModelSources>().Produces<ListModelSources.Row[]>();

        sources.MapCreate<RegisterModelSource>("/", key => $"{Api.Prefix}/model-sources/{key}");

        sources.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowModelSource(key), cancellationToken)).ToTagged(http, view => view.RowVersion))
            .Asks<ShowModelSource>().Produces<ShowModelSource.View>();

        sources.MapPut("/{key}", async (
            string key, SettingsBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ConfigureModelSource(key, body.Settings, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<ConfigureModelSource>().Produces(StatusCodes.Status204NoContent);

        sources.MapPost("/{key}/pause", async (string key, ModelsApi.Because body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PauseModelSource(key, body.Reason), cancellationToken)).ToHttp()).Sends<PauseModelSource>().Produces(StatusCodes.Status204NoContent);

        sources.MapPost("/{key}/resume", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResumeModelSource(key), cancellationToken)).ToHttp()).Sends<ResumeModelSource>().Produces(StatusCodes.Status204NoContent);

        sources.MapPost("/{key}/syncs", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SyncModelSource(key), cancellationToken)).ToHttp()).Sends<SyncModelSource>().Produces(StatusCodes.Status204NoContent);

        sources.MapPost("/{key}/rewritten-history", async (string key, CommitBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new GoOnFromRewrittenHistory(key, body.Commit), cancellationToken)).ToHttp()).Sends<GoOnFromRewrittenHistory>().Produces(StatusCodes.Status204NoContent);

        sources.MapPost("/{key}/resolutions", async (string key, ChoiceBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResolveSourceConflict(key, body.Branch, body.Path, body.Choice, body.Seen), cancellationToken)).ToHttp())
            .Sends<ResolveSourceConflict>().Produces(StatusCodes.Status204NoContent);

        sources.MapPost("/{key}/pushes", async (string key, HttpRequest request, ISender sender, CancellationToken cancellationToken) =>
            await PushBody.ReadAsync(request, key, push => sender.Send(push, cancellationToken).AsTask()))
            .Sends<ReportPush>().Accepts<byte[]>("application/json", "application/x-www-form-urlencoded", "application/octet-stream").Produces(StatusCodes.Status202Accepted)
            .AllowAnonymous().WithMetadata(new BringsItsOwnProof(), new IdempotencyKeys.Ignored());
    }

    internal sealed record SettingsBody(SourceSettings Settings);

    internal sealed record CommitBody(string Commit);

    /// <param name="Seen">What came with the two texts that were looked at.</param>
    internal sealed record ChoiceBody(string Branch, string Path, SourceChoice Choice, string Seen);
}
