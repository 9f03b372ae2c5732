using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models.Reviewing;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Every refusal of a review is the same sentence at the same field, whether a page or a program asked.</summary>
public sealed class RefusingReviews(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly string[] Nobody = [];

    private DateOnly Today => DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Asking_for_one_is_refused_alike()
    {
        using var estate = await LiveAsync();
        var planned = await estate.PlanAsync();
        var failed = await AbandonedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        using var doors = await BothDoors.OpenAsync(hub, manager);

        await RefusedAsync("", failed, null, "invalid", "occasion");
        await RefusedAsync(new string('x', 501), failed, null, "invalid", "occasion");
        await RefusedAsync("Why it failed.", "DEP-2026-000001-000001", null, "invalid", "deployment");
        await RefusedAsync("Why it failed.", failed, Today.AddDays(-1), "review.due-in-the-past", "dueOn");
        await RefusedAsync("Why it failed.", failed, Today.AddYears(1).AddDays(1), "review.due-in-the-past", "dueOn");
        await RefusedAsync("Why it failed.", "", null, "review.one-subject", "model", "Deployment");
        await RefusedAsync("Why it failed.", "DEP-1999-000001", null, "review.deployment-unknown", "deployment");
        await RefusedAsync("Why it failed.", planned, null, "review.deployment-not-over", "deployment");

        using var unreadable = await (await hub.BrowserFor(manager)).Submit("/reviews", null, ("Input.Deployment", failed), ("Input.Occasion", "Why it failed."), ("Input.DueOn", "31.02.2027"));
        (await unreadable.Content.ReadAsStringAsync()).ShouldContain("Input_DueOn-problem", customMessage: "a day that is none is not a day left out");
        (await hub.As(manager).Send(new ScheduleReview("Why it failed.", Deployment: failed))).Done();
        await RefusedAsync("Why it failed.", failed, null, "review.deployment-reviewed", null);

        (await hub.As(manager).Send(new ScheduleReview("It halts too often.", estate.Name))).Done();
        await doors.RefuseAsync(
            ($"/models/{estate.Name}/analysis", null, [("Input.Occasion", "Once more.")]), ("/api/v1/reviews", new { model = estate.Name, occasion = "Once more." }), "review.analysis-open", null, "Input");
        await doors.RefuseAsync(
            ($"/models/{estate.Name}/analysis", null, [("Input.Occasion", "")]), ("/api/v1/reviews", new { model = estate.Name, occasion = "" }), "invalid", "occasion", "Input");

        Task RefusedAsync(string occasion, string deployment, DateOnly? dueOn, string code, string? field, string? shown = null) => doors.RefuseAsync(
            ("/reviews", null, [("Input.Deployment", deployment), ("Input.Occasion", occasion), ("Input.DueOn", $"{dueOn:yyyy-MM-dd}")]),
            ("/api/v1/reviews", new { deployment, occasion, dueOn }), code, field, "Input", shown);
    }

    [Fact]
    public async Task Holding_one_is_refused_alike()
    {
        using var estate = await LiveAsync();
        var (manager, practitioner) = (await hub.PersonFor(Role.DeploymentManager), await hub.PersonFor(Role.DeploymentPractitioner));
        var number = (await hub.As(manager).Send(new ScheduleReview("It halts too often.", estate.Name))).Done();
        using var doors = await BothDoors.OpenAsync(hub, manager);

        await RefusedAsync(Nobody, "invalid", "participants");
        await RefusedAsync([.. Enumerable.Range(1, 21).Select(one => $"p{one}@test.example")], "invalid", "participants");
        (await RefusedAsync([manager.Email, "nobody@test.example"], "review.person-unknown", "participants")).ShouldContain("nobody@test.example");
        await doors.RefuseAsync(Page("REV-1999-000001", Nobody), Call("REV-1999-000001", [manager.Email]), HttpStatusCode.NotFound);
        using (var others = await BothDoors.OpenAsync(hub, practitioner)) await others.RefuseAsync(Page(number, [manager.Email]), Call(number, [manager.Email]), "access.not-permitted", null, "Holding");

        (await hub.As(manager).Send(new HoldReview(number, [manager.Email]))).Done();
        await RefusedAsync([manager.Email, practitioner.Email], "review.cannot-move", null);

        Task<string> RefusedAsync(string[] people, string code, string? field) => doors.RefuseAsync(Page(number, people), Call(number, people), code, field, "Holding");

        static (string, string?, (string, string)[]) Page(string review, string[] people) => ($"/reviews/{review}", "Hold", [("Holding.Participants", string.Join('\n', people))]);

        static (string, object) Call(string review, string[] people) => ($"/api/v1/reviews/{review}/hold", new { participants = people });
    }

    [Fact]
    public async Task Verdicts_and_the_end_are_refused_alike()
    {
        using var estate = await LiveAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await HaltAndRetryAsync(estate);
        var failed = await AbandonedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var number = (await hub.As(manager).Send(new ScheduleReview("Why it failed.", Deployment: failed))).Done();
        using var doors = await BothDoors.OpenAsync(hub, manager);

        await VerdictAsync(1, "Improve", "Model", "The step needs room.", "review.not-held", null);
        await EndAsync("We talked.", "Component", "review.cannot-move", null);

        (await hub.As(manager).Send(new HoldReview(number, [manager.Email]))).Done();
        var findings = (await hub.AsSystem.Send(new ShowReview(number))).Done().Findings;
        findings.ShouldNotBeEmpty();
        await VerdictAsync(1, "", "Model", "The step needs room.", "invalid", "verdict");
        await VerdictAsync(1, "Improve", "", "The step needs room.", "invalid", "causeClass");
        await VerdictAsync(1, "Improve", "Model", "", "invalid", "words");
        await VerdictAsync(1, "Improve", "Model", new string('x', 2001), "invalid", "words");
        await VerdictAsync(findings.Count + 1, "Improve", "Model", "The step needs room.", "review.no-such-finding", "finding");
        await EndAsync("", "Component", "invalid", "narrative");
        await EndAsync(new string('x', 10_001), "Component", "invalid", "narrative");
        await EndAsync("We talked.", "Component", "review.verdicts-missing", null);

        foreach (var finding in findings) (await hub.As(manager).Send(new GiveVerdict(number, finding.Number, ReviewVerdict.Watch, CauseClass.Component, "Once."))).Done();
        await EndAsync("We talked.", "", "review.cause-missing", "causeClass");
        (await hub.As(manager).Send(new CloseReview(number, "We talked.", CauseClass.Component))).Done();
        await VerdictAsync(1, "Accept", "Model", "Said anew.", "review.not-held", null);
        await EndAsync("We talked again.", "Component", "review.cannot-move", null);
        using var others = await BothDoors.OpenAsync(hub, await hub.PersonFor(Role.Auditor));
        await others.RefuseAsync(($"/reviews/{number}", "Close", [("Closing.Narrative", "Mine.")]), ($"/api/v1/reviews/{number}/close", new { narrative = "Mine." }), "access.not-permitted", null, "Closing");

        Task VerdictAsync(int finding, string verdict, string causeClass, string words, string code, string? field) => doors.RefuseAsync(
            ($"/reviews/{number}?finding={finding}", "Verdict", [($"Given[{finding}].Verdict", verdict), ($"Given[{finding}].CauseClass", causeClass), ($"Given[{finding}].Words", words)]),
            ($"/api/v1/reviews/{number}/verdicts", new { finding, verdict = NullIfEmpty(verdict), causeClass = NullIfEmpty(causeClass), words }), code, field, $"Given_{finding}_");

        Task EndAsync(string narrative, string causeClass, string code, string? field) => doors.RefuseAsync(
            ($"/reviews/{number}", "Close", [("Closing.Narrative", narrative), ("Closing.CauseClass", causeClass)]),
            ($"/api/v1/reviews/{number}/close", new { narrative, causeClass = NullIfEmpty(causeClass) }), code, field, "Closing");
    }

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
