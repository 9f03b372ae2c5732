using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class PartnersApi
{
    public static void MapPartners(this IEndpointRouteBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Partners").RequireAuthorization(nameof(Permission.ViewPartners));

        organisations.MapGet("/", async ([AsParameters] ListOrganisations query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListOrganisations>().Produces<ListOrganisations.Row[]>();
        organisations.MapCreate<RegisterOrganisation>("/", key => $"{Api.Prefix}/organisations/{key}");
        organisations.MapGet("/{key}", async (string key, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowOrganisation(key), cancellationToken)).ToTagged(http, view => view.RowVersion)).Asks<ShowOrganisation>().Produces<ShowOrganisation.View>();
        organisations.MapPut("/{key}", async (
            string key, OrganisationBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DescribeOrganisation(key, body.Name, body.Kind, body.TimeZone, body.NoticeDays, body.Silence, ifMatch?.Seen), cancellationToken)).ToHttp())
            .Sends<DescribeOrganisation>().Produces(StatusCodes.Status204NoContent);
        organisations.MapPost("/{key}/end", async (string key, EndBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EndOrganisation(key, body.Reason), cancellationToken)).ToHttp()).Sends<EndOrganisation>().Produces(StatusCodes.Status204NoContent);

        api.MapGet("/alignment-months", async ([AsParameters] ShowAlignmentOverTime query, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(TypedResults.Ok))
            .WithTags("Partners").RequireAuthorization(nameof(Permission.ViewPartners)).Asks<ShowAlignmentOverTime>().Produces<ShowAlignmentOverTime.View>();

        MapEntries(organisations);
        MapLinks(organisations);
        MapRecipients(api);
    }

    private static void MapEntries(RouteGroupBuilder organisations)
    {
        organisations.MapPost("/{key}/contacts", async (string key, ContactBody body, ISender sender, CancellationToken cancellationToken) =>
            Numbered(key, await sender.Send(new AddContact(key, body.Name, body.Email, body.Phone), cancellationToken))).Sends<AddContact>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        organisations.MapPost("/{key}/concerns", async (string key, ConcernBody body, ISender sender, CancellationToken cancellationToken) =>
            Numbered(key, await sender.Send(new AddConcern(key, body.Service, body.Environment, body.IsRequired, body.FromRisk), cancellationToken)))
            .Sends<AddConcern>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        organisations.MapPost("/{key}/agreements", async (string key, AgreementBody body, ISender sender, CancellationToken cancellationToken) =>
            Numbered(key, await sender.Send(new RecordAgreement(key, body.Services ?? [], body.Environments ?? [], body.Categories ?? [], body.UpToRisk, body.Until, body.Document), cancellationToken)))
            .Sends<RecordAgreement>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        organisations.MapPost("/{key}/freezes", async (string key, FreezeBody body, ISender sender, CancellationToken cancellationToken) =>
            Numbered(key, await sender.Send(new RecordPartnerFreeze(key, body.Name, body.Start, body.End, body.TimeZone), cancellationToken)))
            .Sends<RecordPartnerFreeze>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        organisations.MapPost("/{key}/endings", async (string key, EntryBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EndOrganisationEntry(key, body.Entry, body.Number, body.Reason), cancellationToken)).ToHttp())
            .Sends<EndOrganisationEntry>().Produces(StatusCodes.Status204NoContent);
    }

    private static void MapLinks(RouteGroupBuilder organisations)
    {
        organisations.MapPost("/{key}/links", async (string key, PartnerLinkBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new MakePartnerLink(key, body.Contact, body.ExpiresAt), cancellationToken)).ToHttp(token => TypedResults.Ok(new AccessApi.OneTime(token))))
            .Sends<MakePartnerLink>().Produces<AccessApi.OneTime>().ShownOnce();
        organisations.MapDelete("/{key}/links/{link:guid}", async (string key, Guid link, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RevokePartnerLink(key, link), cancellationToken)).ToHttp()).Sends<RevokePartnerLink>().Produces(StatusCodes.Status204NoContent);
    }

    private static void MapRecipients(IEndpointRouteBuilder api)
    {
        var recipients = api.MapGroup("/services/{key}/recipients").WithTags("Partners").RequireAuthorization(nameof(Permission.ViewPartners));

        recipients.MapGet("/", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListRecipients(key), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ListRecipients>().Produces<ListRecipients.Row[]>();
        recipients.MapPost("/", async (string key, RecipientBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AddRecipient(key, body.Name, body.Email, body.Organisation), cancellationToken))
                .ToHttp(id => TypedResults.Created($"{Api.Prefix}/services/{key}/recipients", new Endpoints.Created(id.ToString()))))
            .Sends<AddRecipient>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        recipients.MapPost("/{id:guid}/end", async (string key, Guid id, EndBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EndRecipient(key, id, body.Reason), cancellationToken)).ToHttp()).Sends<EndRecipient>().Produces(StatusCodes.Status204NoContent);
    }

    private static IResult Numbered(string key, Result<int> added) =>
        added.ToHttp(number => TypedResults.Created($"{Api.Prefix}/organisations/{key}", new Endpoints.Created(number.ToString(CultureInfo.InvariantCulture))));

    internal sealed record OrganisationBody(string Name, OrganisationKind Kind, string TimeZone, int NoticeDays, SilencePolicy Silence);

    internal sealed record EndBody(string Reason);

    internal sealed record ContactBody(string Name, string Email, string? Phone = null);

    /// <param name="Service">Key of the only service; left out, every one.</param>
    /// <param name="Environment">Key of the only environment; left out, every one.</param>
    internal sealed record ConcernBody(string? Service = null, string? Environment = null, bool IsRequired = true, RiskBand FromRisk = RiskBand.Low);

    /// <param name="Services">Keys; left out, every service.</param>
    /// <param name="Environments">Keys; left out, every environment.</param>
    /// <param name="Categories">Left out, every change category.</param>
    internal sealed record AgreementBody(
        DateTimeOffset Until, string Document, RiskBand UpToRisk = RiskBand.Low, IReadOnlyList<string>? Services = null, IReadOnlyList<string>? Environments = null,
        IReadOnlyList<ChangeCategory>? Categories = null);

    /// <param name="Start">Wall time in the zone, without an offset.</param>
    /// <param name="End">Wall time in the zone, without an offset.</param>
    internal sealed record FreezeBody(string Name, DateTime Start, DateTime End, string? TimeZone = null);

    internal sealed record EntryBody(OrganisationEntry Entry, int Number, string Reason);

    internal sealed record PartnerLinkBody(int Contact, DateTimeOffset? ExpiresAt = null);

    internal sealed record RecipientBody(string Name, string Email, string? Organisation = null);
}
