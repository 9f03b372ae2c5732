using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using Mediator;

namespace DeployHub.Web.Api;

internal static class AccessApi
{
    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", (Caller caller) =>
            TypedResults.Ok(new Me(caller.Actor.Name, caller.Actor.Kind, [.. caller.Grants], [.. Enum.GetValues<Permission>().Where(caller.May)], caller.Token)))
            .WithTags("Access").WithName("Me").WithSummary("Who you are, your grants and what they let you do");

        var tokens = api.MapGroup("/personal-tokens").WithTags("Access").RequireAuthorization(nameof(Permission.MakeTokens));
        tokens.MapGet("/", async ([AsParameters] ListPersonalTokens query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(query, cancellationToken)).ToHttp(page => Endpoints.Listed(http, page))).Asks<ListPersonalTokens>().Produces<ListPersonalTokens.Row[]>();
        tokens.MapPost("/", async (CreatePersonalToken command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp(token => TypedResults.Ok(new OneTime(token)))).Sends<CreatePersonalToken>().Produces<OneTime>().ShownOnce();
        tokens.MapDelete("/{id:guid}", async (Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RevokePersonalToken(id), cancellationToken)).ToHttp()).Sends<RevokePersonalToken>();

        var people = api.MapGroup("/people").WithTags("Access").RequireAuthorization(nameof(Permission.ManageAccess));
        people.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListPeople(), cancellationToken))).WithName(nameof(ListPeople));
        people.MapPost("/", async (InvitePerson command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp(token => TypedResults.Ok(new OneTime(token)))).Sends<InvitePerson>().ShownOnce();
        people.MapPost("/{email}/deactivation", async (string email, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DeactivatePerson(email), cancellationToken)).ToHttp()).Sends<DeactivatePerson>();
        people.MapDelete("/{email}/deactivation", async (string email, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ReactivatePerson(email), cancellationToken)).ToHttp()).Sends<ReactivatePerson>();

        var grants = api.MapGroup("/role-grants").WithTags("Access").RequireAuthorization(nameof(Permission.ManageAccess));
        grants.MapPost("/", async (GrantRole command, ISender sender, CancellationToken cancellationToken) => (await sender.Send(command, cancellationToken)).ToHttp()).Sends<GrantRole>();
        grants.MapPost("/{id:guid}/confirmation", async (Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ConfirmGrant(id), cancellationToken)).ToHttp()).Sends<ConfirmGrant>();
        grants.MapDelete("/{id:guid}", async (Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RevokeGrant(id), cancellationToken)).ToHttp()).Sends<RevokeGrant>();

        var clients = api.MapGroup("/api-clients").WithTags("Access").RequireAuthorization(nameof(Permission.ManageAccess));
        clients.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListApiClients(), cancellationToken))).WithName(nameof(ListApiClients));
        clients.MapPost("/", async (CreateApiClient command, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(command, cancellationToken)).ToHttp(token => TypedResults.Ok(new OneTime(token)))).Sends<CreateApiClient>().ShownOnce();
        clients.MapDelete("/{id:guid}", async (Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RevokeApiClient(id), cancellationToken)).ToHttp()).Sends<RevokeApiClient>();
    }

    /// <param name="Token">The personal token of this request; one that only reads sends no command, whatever the permissions say.</param>
    internal sealed record Me(string Name, ActorKind Kind, IReadOnlyList<RoleGrant> Grants, IReadOnlyList<Permission> Permissions, UsedToken? Token);

    /// <summary>A token that is in this answer and nowhere else.</summary>
    internal sealed record OneTime(string Token);
}
