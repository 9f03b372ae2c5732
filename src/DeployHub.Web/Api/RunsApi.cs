using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Mvc;

namespace DeployHub.Web.Api;

internal static class RunsApi
{
    /// <summary>The files of an answer stand in its JSON, four letters for three bytes.</summary>
    private const int LargestAnswer = EvidenceFile.MaxBytesTogether / 3 * 4 + JsonSetup.LargestBody;

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/deployments/{number}/runs/{n:int}").WithTags("Runs").RequireAuthorization(nameof(Permission.ViewDeployments));

        runs.MapGet("/", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowRun($"{number}/R{n}"), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).WithName(nameof(ShowRun)).Produces<ShowRun.View>();
        runs.MapGet("/targets", async (string number, int n, TargetResult? result, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListRunTargets($"{number}/R{n}", result), cancellationToken)).ToHttp(rows => TypedResults.Ok(rows)))
            .WithName(nameof(ListRunTargets)).Produces<ListRunTargets.Row[]>();
        runs.MapGet("/events", async (string number, int n, int? after, int? limit, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ListRunEvents($"{number}/R{n}", after ?? 0, limit), cancellationToken))).WithName(nameof(ListRunEvents));
        runs.MapGet("/log", async (string number, int n, long? after, long? before, int? limit, string? subject, string? step, string? text, bool? errors, ISender sender, CancellationToken cancellationToken) =>
            TypedResults.Ok(await sender.Send(new ListLogLines($"{number}/R{n}", after ?? 0, before, limit, subject, text, step, errors ?? false), cancellationToken)))
            .WithName(nameof(ListLogLines)).RequireAuthorization(nameof(Permission.ViewLogs));
        runs.MapGet("/log.txt", (string number, int n, string? subject, string? step, string? text, bool? errors, ISender sender, CancellationToken cancellationToken) =>
            new LogAsText(sender, new ListLogLines($"{number}/R{n}", Subject: subject, Text: text, Step: step, Errors: errors ?? false)))
            .WithName(nameof(LogAsText)).WithSummary("The log as plain text, in order. Secrets were masked before they were stored.")
            .Produces<string>(contentType: "text/plain").RequireAuthorization(nameof(Permission.ViewLogs));

        runs.MapGet("/halt", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ExplainHalt($"{number}/R{n}"), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .WithName(nameof(ExplainHalt)).Produces<ExplainHalt.View>().RequireAuthorization(nameof(Permission.ViewLogs));

        runs.MapGet("/verification", async (string number, int n, Verdict? verdict, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowVerification($"{number}/R{n}", verdict), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .WithName(nameof(ShowVerification)).Produces<ShowVerification.View>();

        runs.MapGet("/changes", async (string number, int n, bool? onlyChanges, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowChanges($"{number}/R{n}", onlyChanges ?? false), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .WithName(nameof(ShowChanges)).Produces<ShowChanges.View>();

        runs.MapGet("/projection", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ProjectRun($"{number}/R{n}"), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .WithName(nameof(ProjectRun)).Produces<ProjectRun.View>();

        runs.MapGet("/tasks", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowTasks($"{number}/R{n}"), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .WithName(nameof(ShowTasks)).Produces<ShowTasks.View>();

        runs.MapGet("/evidence/{digest}", async (string number, int n, string digest, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowEvidence($"{number}/R{n}", digest), cancellationToken)).ToHttp(file => TypedResults.File(file.Content, "application/octet-stream", file.Name)))
            .WithName(nameof(ShowEvidence));

        runs.MapPost("/stop", async (string number, int n, DeploymentsApi.ReasonBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new StopRun($"{number}/R{n}", body.Reason), cancellationToken)).ToHttp()).Sends<StopRun>();
        runs.MapPost("/resolutions", async (string number, int n, ResolutionBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResolveHalt($"{number}/R{n}", body.Choice, body.CauseClass, body.Diagnosis, body.Targets, body.ShouldModelChange, body.Remedy, body.Until, body.CompensatingMeasure, body.SupersededBy), cancellationToken)).ToHttp()).Sends<ResolveHalt>();
        runs.MapPost("/halts/{halt:int}/improvement", async (string number, int n, int halt, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ProposeFromHalt($"{number}/R{n}", halt), cancellationToken)).ToHttp(improvement => TypedResults.Created($"{Api.Prefix}/improvements/{improvement}", new Endpoints.Created(improvement))))
            .Sends<ProposeFromHalt>().Produces<Endpoints.Created>(StatusCodes.Status201Created);
        runs.MapPost("/promotions", async (string number, int n, PromotionBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new PromotePhase($"{number}/R{n}", body.Phase, body.Reason), cancellationToken)).ToHttp()).Sends<PromotePhase>();
        runs.MapPost("/soak-extensions", async (string number, int n, SoakBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ExtendSoak($"{number}/R{n}", body.Phase, body.By, body.Reason), cancellationToken)).ToHttp()).Sends<ExtendSoak>();
        runs.MapPost("/takeovers", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new TakeOverRun($"{number}/R{n}"), cancellationToken)).ToHttp()).Sends<TakeOverRun>();
        runs.MapPost("/answers", async (string number, int n, AnswerBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AnswerManualStep($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Answer, body.Note, body.Files, body.Values, body.Attempt, body.OnDeviceAt, body.TakenOver), cancellationToken)).ToHttp())
            .Sends<AnswerManualStep>().WithMetadata(new RequestSizeLimitAttribute(LargestAnswer));
        runs.MapPost("/confirmations", async (string number, int n, ConfirmationBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ConfirmManualStep($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Attempt), cancellationToken)).ToHttp()).Sends<ConfirmManualStep>();
        runs.MapPost("/supplier-links", async (string number, int n, LinkBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new MakeSupplierLink($"{number}/R{n}", body.Name, body.Organisation, body.Steps, body.ExpiresAt), cancellationToken)).ToHttp(token => TypedResults.Ok(new AccessApi.OneTime(token))))
            .Sends<MakeSupplierLink>().ShownOnce();
        runs.MapDelete("/supplier-links/{link:guid}", async (string number, int n, Guid link, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RevokeSupplierLink($"{number}/R{n}", link), cancellationToken)).ToHttp()).Sends<RevokeSupplierLink>();
        runs.MapPost("/acknowledgements", async (string number, int n, AcknowledgementBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AcknowledgeVersion($"{number}/R{n}", body.Stage, body.Subject, body.Step), cancellationToken)).ToHttp()).Sends<AcknowledgeVersion>();
        runs.MapPost("/quiz-tries", async (string number, int n, QuizBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AnswerQuiz($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Answers), cancellationToken)).ToHttp(result => TypedResults.Ok(result))).Sends<AnswerQuiz>().Produces<QuizResult>();
        runs.MapPost("/exemptions", async (string number, int n, ExemptionBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ExemptReader($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Person, body.Reason, body.Until), cancellationToken)).ToHttp()).Sends<ExemptReader>();
        runs.MapGet("/questions", async (string number, int n, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ListQuestions($"{number}/R{n}"), cancellationToken)).ToHttp(view => TypedResults.Ok(view))).WithName(nameof(ListQuestions)).Produces<ListQuestions.View>();
        runs.MapPost("/questions", async (string number, int n, QuestionBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AskQuestion($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Text, body.IsBlocking), cancellationToken)).ToHttp(question => TypedResults.Ok(new Asked(question)))).Sends<AskQuestion>().Produces<Asked>();
        runs.MapPost("/questions/{question:int}/answers", async (string number, int n, int question, ReplyBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AnswerQuestion($"{number}/R{n}", question, body.Text), cancellationToken)).ToHttp()).Sends<AnswerQuestion>();
        runs.MapPost("/questions/{question:int}/resolutions", async (string number, int n, int question, ReplyBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ResolveQuestion($"{number}/R{n}", question, body.Text), cancellationToken)).ToHttp()).Sends<ResolveQuestion>();
        runs.MapPost("/questions/{question:int}/overrulings", async (string number, int n, int question, DeploymentsApi.ReasonBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new OverruleQuestion($"{number}/R{n}", question, body.Reason), cancellationToken)).ToHttp()).Sends<OverruleQuestion>();
        runs.MapPost("/acceptances", async (string number, int n, AcceptanceBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new AcceptVersion($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Met), cancellationToken)).ToHttp()).Sends<AcceptVersion>();
        runs.MapPost("/rejections", async (string number, int n, NonAcceptanceBody body, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new RejectVersion($"{number}/R{n}", body.Stage, body.Subject, body.Step, body.Reason), cancellationToken)).ToHttp()).Sends<RejectVersion>();
        runs.MapGet("/acknowledgements", async (string number, int n, Stage stage, string subject, int step, ISender sender, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowAcknowledgement($"{number}/R{n}", stage, subject, step), cancellationToken)).ToHttp(view => TypedResults.Ok(view)))
            .WithName(nameof(ShowAcknowledgement)).Produces<ShowAcknowledgement.View>();
    }

    internal sealed record ConfirmationBody(Stage Stage, string Subject, int Step, int? Attempt = null);

    internal sealed record LinkBody(string Name, string Organisation, IReadOnlyList<LinkedStep> Steps, DateTimeOffset? ExpiresAt = null);

    internal sealed record AcknowledgementBody(Stage Stage, string Subject, int Step);

    internal sealed record QuizBody(Stage Stage, string Subject, int Step, IReadOnlyList<QuizAnswer> Answers);

    /// <param name="Person">An e-mail address, or the id of an account.</param>
    internal sealed record ExemptionBody(Stage Stage, string Subject, int Step, string Person, string Reason, DateOnly Until);

    internal sealed record QuestionBody(Stage Stage, string Subject, int Step, string Text, bool IsBlocking = false);

    internal sealed record ReplyBody(string Text);

    /// <param name="Question">Its number within the run.</param>
    internal sealed record Asked(int Question);

    /// <param name="Met">The criteria that were seen to be so, as the step words them.</param>
    internal sealed record AcceptanceBody(Stage Stage, string Subject, int Step, IReadOnlyList<string> Met);

    internal sealed record NonAcceptanceBody(Stage Stage, string Subject, int Step, string Reason);

    internal sealed record ResolutionBody(
        ResolutionChoice Choice, CauseClass CauseClass, string Diagnosis, IReadOnlyList<string>? Targets = null, bool ShouldModelChange = false, string? Remedy = null,
        DateTimeOffset? Until = null, string? CompensatingMeasure = null, string? SupersededBy = null);

    internal sealed record PromotionBody(int Phase, string? Reason = null);

    internal sealed record SoakBody(int Phase, string By, string Reason);

    internal sealed record AnswerBody(
        Stage Stage, string Subject, int Step, ManualAnswer Answer, string? Note = null, IReadOnlyList<EvidenceFile>? Files = null, IReadOnlyDictionary<string, string>? Values = null,
        int? Attempt = null, DateTimeOffset? OnDeviceAt = null, string? TakenOver = null);
}
