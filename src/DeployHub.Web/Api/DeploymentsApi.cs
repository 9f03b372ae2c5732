using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class DeploymentsApi
{
    public static void MapDeployments(this IEndpointRouteBuilder api)
    {
        var deployments = api.MapGroup("/deployments").WithTags("Deployments").RequireAuthorization(nameof(Permission.ViewDeployments));

        deployments.MapGet("/", async ([AsParameters] ListDeployments query, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            Endpoints.Listed(http, await sender.Send(query, cancellationToken))).WithName(nameof(ListDeployments)).Produces<ListDeployments.Row[]>();
        deployments.MapCreate<CreateDeployment>("/", number => $"/api/v1/deployments/{number}");
        deployments.MapGet("/{number}", async (string number, HttpContext http, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDeployment(number), cancellationToken)).ToTagged(http, view => view.Version)).WithName(nameof(ShowDeployment)).Produces<ShowDeployment.View>();
        deployments.MapPut("/{number}", async (
            string number, EditBody body, [FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new EditDeployment(number, body.Plan, body.Title, body.Description, ifMatch?.Seen), cancellationToken)).ToHttp()).Sends<EditDeployment>();

        deployments.MapPost("/{number}/submission", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new SubmitDeployment(number), cancellationToken)).ToHttp()).Sends<SubmitDeployment>();
        deployments.MapPost("/{number}/residual", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PlanResidual(number), cancellationToken)).ToHttp(residual => TypedResults.Created($"/api/v1/deployments/{residual}", new Endpoints.Created(residual)))).Sends<PlanResidual>();
        deployments.MapPost("/{number}/recall", async (string number, ReasonBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RecallDeployment(number, body.Reason), cancellationToken)).ToHttp()).Sends<RecallDeployment>();
        deployments.MapPost("/{number}/approvals", async (string number, ApprovalBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ApproveDeployment(number, body.PlanDigest, body.Reason), cancellationToken)).ToHttp()).Sends<ApproveDeployment>();
        deployments.MapPost("/{number}/rejections", async (string number, RejectionBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RejectDeployment(number, body.PlanDigest, body.Reason), cancellationToken)).ToHttp()).Sends<RejectDeployment>();
        deployments.MapPost("/{number}/approval-withdrawals", async (string number, ReasonBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new WithdrawApproval(number, body.Reason), cancellationToken)).ToHttp()).Sends<WithdrawApproval>();
        deployments.MapPut("/{number}/slot", async (string number, SlotBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RescheduleDeployment(number, body.SlotStart, body.SlotEnd, body.Reason), cancellationToken)).ToHttp()).Sends<RescheduleDeployment>();
        deployments.MapPost("/{number}/cancellation", async (string number, ReasonBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new CancelDeployment(number, body.Reason), cancellationToken)).ToHttp()).Sends<CancelDeployment>();
        deployments.MapPost("/{number}/runs", async (string number, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new StartRun(number), cancellationToken)).ToHttp(run => TypedResults.Created($"/api/v1/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}", new Endpoints.Created(run)))).Sends<StartRun>();

        deployments.MapPost("/{number}/verifications", async (string number, [FromQuery] Stage[]? stages, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new VerifyNow(number, stages), cancellationToken)).ToHttp(name => TypedResults.Accepted($"/api/v1/deployments/{name.Replace("/V", "/verifications/", StringComparison.Ordinal)}", new Endpoints.Created(name))))
            .Sends<VerifyNow>().Produces<Endpoints.Created>(StatusCodes.Status202Accepted);
        deployments.MapGet("/{number}/verifications", async (string number, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ListDryVerifications(number), cancellationToken))).Asks<ListDryVerifications>().Produces<ListDryVerifications.Row[]>();
        deployments.MapGet("/{number}/verifications/{n:int}", async (string number, int n, int? waitSeconds, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowDryVerification($"{number}/V{n}", waitSeconds ?? 0), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).Asks<ShowDryVerification>().Produces<ShowDryVerification.View>();
    }

    internal sealed record EditBody(PlanInput Plan, string Title, string? Description = null);

    internal sealed record ReasonBody(string Reason);

    internal sealed record ApprovalBody(string PlanDigest, string? Reason = null);

    internal sealed record RejectionBody(string PlanDigest, string Reason);

    internal sealed record SlotBody(string Reason, DateTimeOffset? SlotStart = null, DateTimeOffset? SlotEnd = null);
}
