using DeployHub.Domain.Access;
using DeployHub.Features.Partners;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>For whom whoever asks answers by the address of their account.</summary>
internal static class OwnOrganisationsApi
{
    public static void MapOwnOrganisations(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/own-organisations").WithTags("Partners").RequireAuthorization(nameof(Permission.ViewDeployments));
        own.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListOwnOrganisations(), cancellationToken))).Asks<ListOwnOrganisations>();
        own.MapDelete("/{key}", async (string key, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new LeaveOrganisation(key), cancellationToken)).ToHttp()).Sends<LeaveOrganisation>().Produces(StatusCodes.Status204NoContent);
    }
}
