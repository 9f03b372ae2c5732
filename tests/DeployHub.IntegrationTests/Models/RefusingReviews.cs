using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models.Reviewing;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Doors;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Every refusal of a review is the same sentence at the same field, whether a page or a program asked.</summary>
public sealed class RefusingReviews(TestHub hub) : IClassFixture<TestHub>
{
    private DateOnly Today => DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Asking_for_one()
    {
        using var estate = await LiveAsync();
        var planned = await estate.PlanAsync();
        var failed = await AbandonedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        using var doors = await BothDoors.OfAsync(hub, manager);

        await doors.RefuseAlikeAsync(
            Asking("Without an occasion", "invalid", "Occasion", "", failed),
            Asking("With an occasion of 501 characters", "invalid", "Occasion", new string('x', 501), failed),
            Asking("About what is no number", "invalid", "Deployment", "Why it failed.", "DEP-2026-000001-000001"),
            Asking("For yesterday", "review.due-in-the-past", "DueOn", "Why it failed.", failed, Today.AddDays(-1)),
            Asking("For later than a year", "review.due-in-the-past", "DueOn", "Why it failed.", failed, Today.AddYears(1).AddDays(1)),
            Asking("About nothing", "review.one-subject", "Deployment", "Why it failed.", "") with { ApiField = "model" },
            Asking("About what is not there", "review.deployment-unknown", "Deployment", "Why it failed.", "DEP-1999-000001"),
            Asking("About what is not over", "review.deployment-not-over", "Deployment", "Why it failed.", planned));

        using var unreadable = await (await hub.BrowserFor(manager)).Submit("/reviews", null, ("Input.Deployment", failed), ("Input.Occasion", "Why it failed."), ("Input.DueOn", "31.02.2027"));
        (await unreadable.Content.ReadAsStringAsync()).ShouldContain("Input_DueOn-problem", customMessage: "a day that is none is not a day left out");
        (await hub.As(manager).Send(new ScheduleReview("Why it failed.", Deployment: failed))).Done();
        (await hub.As(manager).Send(new ScheduleReview("It halts too often.", estate.Name))).Done();
        await doors.RefuseAlikeAsync(
            Asking("About what is reviewed already", "review.deployment-reviewed", null, "Why it failed.", failed),
            Analysing("While one is open", "review.analysis-open", null, estate.Name, "Once more."),
            Analysing("Without an occasion", "invalid", "Occasion", estate.Name, ""));
    }

    [Fact]
    public async Task Holding_one()
    {
        using var estate = await LiveAsync();
        var (manager, practitioner) = (await hub.PersonFor(Role.DeploymentManager), await hub.PersonFor(Role.DeploymentPractitioner));
        var number = (await hub.As(manager).Send(new ScheduleReview("It halts too often.", estate.Name))).Done();
        using var doors = await BothDoors.OfAsync(hub, manager);
        using var others = await BothDoors.OfAsync(hub, practitioner);

        await doors.RefuseAlikeAsync(
            Holding("With nobody", "invalid", "Participants", number),
            Holding("With 21 people", "invalid", "Participants", number, [.. Enumerable.Range(1, 21).Select(one => $"p{one}@test.example")]),
            Holding("With somebody who has no account", "review.person-unknown", "Participants", number, manager.Email, "nobody@test.example"),
            Holding("What is not there", "review.not-found", null, "REV-1999-000001", manager.Email));
        await others.RefuseAlikeAsync(Holding("By somebody who may not", "access.not-permitted", null, number, manager.Email).Gone());

        (await hub.As(manager).Send(new HoldReview(number, [manager.Email]))).Done();
        await doors.RefuseAlikeAsync(Holding("A second time", "review.cannot-move", null, number, manager.Email, practitioner.Email).Gone());
    }

    [Fact]
    public async Task Verdicts_and_the_end()
    {
        using var estate = await LiveAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await HaltAndRetryAsync(estate);
        var failed = await AbandonedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var number = (await hub.As(manager).Send(new ScheduleReview("Why it failed.", Deployment: failed))).Done();
        using var doors = await BothDoors.OfAsync(hub, manager);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);

        await doors.RefuseAlikeAsync(
            Judging("Before it is held", "review.not-held", null, number, 1, "Improve", "Model", "The step needs room.").Gone(),
            Ending("Before it is held", "review.cannot-move", null, number, "We talked.", "Component").Gone());

        (await hub.As(manager).Send(new HoldReview(number, [manager.Email]))).Done();
        var findings = (await hub.AsSystem.Send(new ShowReview(number))).Done().Findings;
        findings.ShouldNotBeEmpty();
        await doors.RefuseAlikeAsync(
            Judging("Without a verdict", "invalid", "Verdict", number, 1, "", "Model", "The step needs room."),
            Judging("Without a cause", "invalid", "CauseClass", number, 1, "Improve", "", "The step needs room."),
            Judging("Without words", "invalid", "Words", number, 1, "Improve", "Model", ""),
            Judging("With 2001 characters", "invalid", "Words", number, 1, "Improve", "Model", new string('x', 2001)),
            Judging("Of no finding", "review.no-such-finding", null, number, findings.Count + 1, "Improve", "Model", "The step needs room.").Gone(),
            Ending("Without a narrative", "invalid", "Narrative", number, "", "Component"),
            Ending("With 10,001 characters", "invalid", "Narrative", number, new string('x', 10_001), "Component"),
            Ending("Before every verdict", "review.verdicts-missing", null, number, "We talked.", "Component"));

        foreach (var finding in findings) (await hub.As(manager).Send(new GiveVerdict(number, finding.Number, ReviewVerdict.Watch, CauseClass.Component, "Once."))).Done();
        await doors.RefuseAlikeAsync(Ending("Without a cause", "review.cause-missing", "CauseClass", number, "We talked.", ""));

        (await hub.As(manager).Send(new CloseReview(number, "We talked.", CauseClass.Component))).Done();
        await doors.RefuseAlikeAsync(
            Judging("After the end", "review.not-held", null, number, 1, "Accept", "Model", "Said anew.").Gone(),
            Ending("A second time", "review.cannot-move", null, number, "We talked again.", "Component").Gone());
        await auditor.RefuseAlikeAsync(Ending("By somebody who may not", "access.not-permitted", null, number, "Mine.", "").Gone());
    }

    private static Refusal Asking(string what, string code, string? field, string occasion, string deployment, DateOnly? dueOn = null) => new(
        what, code, field is null ? null : $"Input.{field}", new("/reviews", null, ("Input.Deployment", deployment), ("Input.Occasion", occasion), ("Input.DueOn", $"{dueOn:yyyy-MM-dd}")),
        Request.Post("/reviews", new { deployment, occasion, dueOn }));

    private static Refusal Analysing(string what, string code, string? field, string model, string occasion) => new(
        what, code, field is null ? null : $"Input.{field}", new($"/models/{model}/analysis", null, ("Input.Occasion", occasion)), Request.Post("/reviews", new { model, occasion }));

    private static Refusal Holding(string what, string code, string? field, string review, params string[] people) => new(
        what, code, field is null ? null : $"Holding.{field}", new($"/reviews/{review}", "Hold", ("Holding.Participants", string.Join('\n', people))),
        Request.Post($"/reviews/{review}/hold", new { participants = people }));

    private static Refusal Judging(string what, string code, string? field, string review, int finding, string verdict, string causeClass, string words) => new(
        what, code, field is null ? null : $"Given[{finding}].{field}",
        new($"/reviews/{review}?finding={finding}", "Verdict", ($"Given[{finding}].Verdict", verdict), ($"Given[{finding}].CauseClass", causeClass), ($"Given[{finding}].Words", words)),
        Request.Post($"/reviews/{review}/verdicts", new { finding, verdict = NullIfEmpty(verdict), causeClass = NullIfEmpty(causeClass), words }));

    private static Refusal Ending(string what, string code, string? field, string review, string narrative, string causeClass) => new(
        what, code, field is null ? null : $"Closing.{field}", new($"/reviews/{review}", "Close", ("Closing.Narrative", narrative), ("Closing.CauseClass", causeClass)),
        Request.Post($"/reviews/{review}/close", new { narrative, causeClass = NullIfEmpty(causeClass) }));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);

    /// <summary>Answers the number of a deployment that was given up.</summary>
    private async Task<string> AbandonedAsync(Estate estate)
    {
        var run = await FailingAsync(estate);
        (await hub.As(Role.DeploymentManager).Send(new ResolveHalt(run, ResolutionChoice.Abandon, CauseClass.Component, "It will not work."))).Done();
        return run.Split('/')[0];
    }

    private async Task HaltAndRetryAsync(Estate estate)
    {
        var run = await FailingAsync(estate);
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }

    private async Task<string> FailingAsync(Estate estate)
    {
        var number = await estate.PlanAsync(again: true);
        await estate.ApproveAsync(number);
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await hub.WorkOnAsync(run, (_, step) => step.Name == "Install" ? new StepOutcome.Failed("It failed.") : StepOutcome.Succeeded.Plain);
        return run;
    }
}
