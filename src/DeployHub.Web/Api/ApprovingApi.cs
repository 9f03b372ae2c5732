using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Deployments.Approving;
using Mediator;

namespace DeployHub.Web.Api;

internal static class ApprovingApi
{
    public static void MapApproving(this IEndpointRouteBuilder api)
    {
        var deployments = api.MapGroup("/deployments").WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments));

        deployments.MapGet("/{number}/decision", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDecision(number), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ShowDecision>().Produces<ShowDecision.View>();
        deployments.MapGet("/{number}/missing-evidence", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowMissingEvidence(number), cancellationToken)).ToHttp(TypedResults.Ok)).Asks<ShowMissingEvidence>().Produces<ShowMissingEvidence.View>();
        deployments.MapPost("/{number}/risk-changes", async (string number, RiskBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ChangeRisk(number, body.Band, body.Reason), cancellationToken)).ToHttp()).Sends<ChangeRisk>();
        deployments.MapPost("/{number}/approvals/{approval:int}/delegation", async (string number, int approval, DelegationBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new DelegateApproval(number, approval, body.To, body.Reason), cancellationToken)).ToHttp()).Sends<DelegateApproval>();
        deployments.MapPost("/{number}/break-glass", async (string number, GlassBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new BreakGlass(number, body.PlanDigest, body.Confirmation, body.Reason), cancellationToken)).ToHttp()).Sends<BreakGlass>();
        deployments.MapPost("/{number}/late-approvals", async (string number, LateBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ApproveLate(number, body.PlanDigest, body.Reason, body.Agrees), cancellationToken)).ToHttp()).Sends<ApproveLate>();

        var covers = api.MapGroup("/approval-covers").WithTags("Deployments").RequireAuthorization(nameof(Permission.ApprovePlans));
        covers.MapGet("/", async (ISender sender, CancellationToken cancellationToken) => TypedResults.Ok(await sender.Send(new ListCovers(), cancellationToken))).Asks<ListCovers>();
        covers.MapCreate<NameDeputy>("/", id => $"{Api.Prefix}/approval-covers/{id}");
        covers.MapDelete("/{id:guid}", async (Guid id, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EndCover(id), cancellationToken)).ToHttp()).Sends<EndCover>();
    }

    internal sealed record RiskBody(RiskBand Band, string Reason);

    /// <param name="To">The e-mail address of who is asked.</param>
    internal sealed record DelegationBody(string To, string Reason);

    /// <param name="Confirmation">The deployment's number.</param>
    internal sealed record GlassBody(string PlanDigest, string Confirmation, string Reason);

    /// <param name="Agrees">False says that it should not have been started.</param>
    internal sealed record LateBody(string PlanDigest, string Reason, bool Agrees = true);
}
