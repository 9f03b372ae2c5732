using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments.Staffing;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

/// <summary>Who carries deployments out, and what they are qualified for.</summary>
internal static class PeopleApi
{
    public static void MapPeopleOfDeployments(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/deployments/{number}/people").WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments));

        people.MapGet("/", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowPeople(number), cancellationToken)).ToTagged(http, view => view.Version)).Asks<ShowPeople>().Produces<ShowPeople.View>();
        people.MapPut("/", async (string number, PeopleBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AssignPeople(number, body.People, body.Reason, ifMatch?.Seen), cancellationToken)).ToHttp()).Sends<AssignPeople>();
    }

    public static void MapQualifications(this IEndpointRouteBuilder api)
    {
        var qualifications = api.MapGroup("/qualifications").WithTags("Practice").RequireAuthorization(nameof(Permission.ViewDeployments));

        qualifications.MapGet("/", async ([AsParameters] ListQualifications query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).Asks<ListQualifications>().Produces<ListQualifications.Row[]>();
        qualifications.MapPost("/", async (GiveQualification command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp()).Sends<GiveQualification>();
        qualifications.MapPost("/{id:guid}/end", async (Guid id, EndBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EndQualification(id, body.Reason), cancellationToken)).ToHttp()).Sends<EndQualification>();
    }

    /// <param name="People">E-mail addresses by role slot; <c>operator</c> is whoever starts the run.</param>
    /// <param name="Reason">Needed while a run is under way.</param>
    internal sealed record PeopleBody(IReadOnlyDictionary<string, IReadOnlyList<string>> People, string? Reason = null);

    internal sealed record EndBody(string Reason);
}
