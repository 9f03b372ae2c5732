using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Analysis;
using DeployHub.Features.Models.Reviewing;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Models;

/// <summary>What deployments leave behind says what could be better about their model, and people talk about it in reviews (domain A4, J6).</summary>
public sealed class LearningFromRecords(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task What_halted_three_times_is_a_signal_with_the_halts_behind_it()
    {
        using var estate = await LiveAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await HaltAndRetryAsync(estate);
        foreach (var _ in Enumerable.Range(0, 2)) await SucceedAsync(estate);

        var analysis = (await hub.As(Role.Auditor).Send(new AnalyseModel(estate.Name))).Done();

        (analysis.Runs, analysis.IsEnough, analysis.Versions.Single()).ShouldBe((5, true, 1));
        var signal = analysis.Found.Single(found => found.Code is SignalCode.S1);
        signal.ShouldSatisfyAllConditions(seen => seen.Subject.ShouldBe("Install"), seen => seen.Evidence.Count.ShouldBe(3), seen => seen.Sentence.ShouldBe("“Install” halted 3 of 5 runs by the same cause, step failed. Resolved by retry 3 times."));
        analysis.Signals.Where(answer => answer.NoData is not null).Select(answer => answer.Code).ShouldBe([SignalCode.S4, SignalCode.S6, SignalCode.S9, SignalCode.S12], ignoreOrder: true);
        analysis.Halts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(pile => pile.Count.ShouldBe(3), pile => pile.Stage.ShouldBe(Stage.Execute));
        analysis.Approvals.Select(habit => habit.Decisions).ShouldBe([5, 1]); // only the first one, of a new model, took the service owner, too
        analysis.Approvals.ShouldAllBe(habit => habit.MedianWait != null);
        analysis.Steps.Single(step => step.Step == "Install").Runs.ShouldBe(5);
        analysis.Time.Places.ShouldContain(place => place.Place == TimePlace.Execute && place.Time.Halt > TimeSpan.Zero && place.Time.Touch > TimeSpan.Zero);
        analysis.Compared.ShouldHaveSingleItem().Before.ShouldBeNull();

        var shown = (await hub.As(Role.DeploymentPractitioner).Send(new ShowSignal(estate.Name, SignalCode.S1, "Install"))).Done();
        shown.Halts.Select(halt => halt.Resolution!.Choice).ShouldBe(Enumerable.Repeat(ResolutionChoice.Retry, 3));
        shown.Halts.ShouldAllBe(halt => halt.FirstError == "No space left on device");
        (await hub.As(Role.Stakeholder).Send(new ShowSignal(estate.Name, SignalCode.S1, "Install"))).Done().Halts.ShouldAllBe(halt => halt.FirstError == null);
    }

    [Fact]
    public async Task Fewer_than_five_runs_are_cases_and_rehearsals_are_none()
    {
        using var estate = await LiveAsync();
        await SucceedAsync(estate);

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read($"/models/{estate.Name}/analysis")).ShouldContain("Needs 5 runs; 1 so far");
        (await browser.Read($"/models/{estate.Name}/analysis/signals/S12")).ShouldContain("That is not the same as fine");
        (await browser.Read($"/models/{estate.Name}")).ShouldContain("usually");
        using var client = await hub.ClientFor(Role.CiSystem);
        (await client.GetAsync($"/api/v1/models/{estate.Name}/analysis").Json()).GetProperty("isEnough").GetBoolean().ShouldBeFalse();
        await client.GetAsync($"/api/v1/models/{estate.Name}/analysis?version=9").Problem(HttpStatusCode.NotFound, "model-version.not-found");
        await client.GetAsync($"/api/v1/models/{estate.Name}/analysis?version=1&version=2&version=3&version=4&version=5&version=6").Problem(HttpStatusCode.BadRequest, "model.too-many-versions");
    }

    [Fact]
    public async Task Hundreds_of_deployments_are_counted_and_the_newest_are_timed()
    {
        using var estate = await LiveAsync();
        await SucceedAsync(estate);
        await CopyAsync(estate.Name, 299);

        var analysis = (await hub.AsSystem.Send(new AnalyseModel(estate.Name))).Done();

        analysis.Deployments.ShouldBe(300);
        analysis.Steps.ShouldAllBe(step => step.Looks <= 2 * 250);
    }

    [Fact]
    public async Task Workers_schedule_what_is_due_once_and_keep_the_figures_of_the_list()
    {
        using var estate = await LiveAsync();
        foreach (var _ in Enumerable.Range(0, ReviewCadence.Deployments)) await SucceedAsync(estate);
        var halted = await StartAsync(estate);
        await hub.WorkOnAsync(halted, Fails);
        (await hub.As(Role.DeploymentManager).Send(new ResolveHalt(halted, ResolutionChoice.Abandon, CauseClass.Component, "It will not work."))).Done();

        foreach (var _ in Enumerable.Range(0, 3)) await LookAfterAsync(estate.Name);

        var open = (await hub.AsSystem.Send(new ListReviews(Model: estate.Name))).Rows;
        open.Select(row => row.Kind).ShouldBe([ReviewKind.RecordsAnalysis, ReviewKind.DeploymentReview], ignoreOrder: true);
        open.Single(row => row.Kind is ReviewKind.DeploymentReview).Deployment.ShouldBe(halted.Split('/')[0]);
        (await hub.AsSystem.Send(new ListModels(Limit: 200))).Rows.Single(row => row.Slug == estate.Name).Figures.ShouldNotBeNull().Runs.ShouldBe(ReviewCadence.Deployments + 1);
        using var browser = await hub.BrowserFor(Role.Auditor);
        (await browser.Read("/models")).ShouldContain("Live deployments in 13 times 28 days");
        (await browser.Read("/reviews")).ShouldContain(open[0].Number);
    }

    [Fact]
    public async Task People_hold_a_review_give_verdicts_and_close_it()
    {
        using var estate = await LiveAsync();
        foreach (var _ in Enumerable.Range(0, 3)) await HaltAndRetryAsync(estate);
        var (manager, practitioner) = (await hub.PersonFor(Role.DeploymentManager), await hub.PersonFor(Role.DeploymentPractitioner));
        var number = (await hub.As(manager).Send(new ScheduleReview("It halts too often.", estate.Name))).Done();
        (await hub.As(manager).Send(new ScheduleReview("Once more.", estate.Name))).Refused("review.analysis-open");
        (await hub.As(practitioner).Send(new HoldReview(number, [practitioner.Email]))).Refused("access.not-permitted");
        (await hub.As(manager).Send(new HoldReview(number, ["nobody@test.example"]))).Refused("review.person-unknown");

        using var browser = await hub.BrowserFor(manager);
        (await browser.Submit($"/reviews/{number}", "Hold", ("Holding.Participants", $"{manager.Email}\n{practitioner.Email}"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var held = (await hub.AsSystem.Send(new ShowReview(number))).Done();
        held.Findings.Select(finding => finding.Signal.Code).ShouldContain(SignalCode.S1);
        (await hub.As(manager).Send(new CloseReview(number, "Said."))).Refused("review.verdicts-missing");

        using var client = await hub.ClientFor(Role.DeploymentPractitioner);
        foreach (var finding in held.Findings)
            (await client.PostAsJsonAsync($"/api/v1/reviews/{number}/verdicts", new { finding = finding.Number, verdict = "Improve", causeClass = "Model", words = "The step needs room." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await hub.As(manager).Send(new CloseReview(number, "We look for room before."))).Done();

        var closed = (await hub.AsSystem.Send(new ShowReview(number))).Done();
        (closed.Review.Status, closed.Participants.Count).ShouldBe((ReviewStatus.Closed, 2));
        (await browser.Read($"/reviews/{number}")).ShouldContain($"/improvements/new?model={estate.Name}&amp;signal=S1&amp;subject=Install");
        (await hub.AsSystem.Send(new ListReviews(Closed: true, Model: estate.Name))).Rows.Select(row => row.Number).ShouldBe([number]);
    }

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);

    private async Task<string> StartAsync(Estate estate)
    {
        var number = await estate.PlanAsync(again: true);
        await estate.ApproveAsync(number);
        return (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
    }

    private async Task SucceedAsync(Estate estate)
    {
        var run = await StartAsync(estate);
        await hub.WorkOnAsync(run, each: TimeSpan.FromSeconds(2));
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }

    private async Task HaltAndRetryAsync(Estate estate)
    {
        var run = await StartAsync(estate);
        await hub.WriteAsync(run, Stage.Execute, "t-1", 2, ["No space left on device"], error: true);
        await hub.WorkOnAsync(run, Fails);
        hub.Clock.Advance(TimeSpan.FromMinutes(7));
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await hub.WorkOnAsync(run);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
    }

    private static StepOutcome Fails(TargetRun targetRun, StepRun step) => step.Name == "Install" ? new StepOutcome.Failed("It failed.") : StepOutcome.Succeeded.Plain;

    private async Task LookAfterAsync(string slug)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Features.Data.DeployHubDb>();
        hub.Clock.Advance(TimeSpan.FromDays(2)); // so that it is due again
        var at = hub.Clock.GetUtcNow();
        var wanted = await db.Models.Where(model => model.Slug == slug).Select(model => model.Id).SingleAsync();
        while (await db.TakeDueModelAsync(at, CancellationToken.None) is { } due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (due == wanted) await db.LookAfterModelAsync(due, at, CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    /// <summary>Copies the only deployment of a model with everything that an analysis reads, an hour apart from each other.</summary>
    private Task<int> CopyAsync(string slug, int copies) => hub.Database(async db =>
    {
        var copied = 0;
        foreach (var statement in Copies) copied += await db.Database.ExecuteSqlRawAsync(statement, slug, copies);
        return copied;
    });

    private const string Template = "(select d.id from deployments d join model_versions v on v.id = d.model_version_id join models m on m.id = v.model_id where m.slug = {0} order by d.number desc limit 1)";

    private static readonly string[] Copies =
    [
        Copy("deployments", $"id = {Template}", ("id", Id("id")), ("number", "'DEP-2020-' || lpad(n::text, 6, '0')"), ("completed_at", "completed_at - n * interval '1 hour'")),
        Copy("deployment_events", $"deployment_id = {Template}", ("deployment_id", Id("deployment_id"))),
        Copy("runs", $"deployment_id = {Template}", ("id", Id("id")), ("deployment_id", Id("deployment_id")), ("name", "'DEP-2020-' || lpad(n::text, 6, '0') || '/R1'")),
        Copy("target_runs", $"run_id in (select id from runs where deployment_id = {Template})", ("id", Id("id")), ("run_id", Id("run_id"))),
        Copy("run_events", $"run_id in (select id from runs where deployment_id = {Template})", ("run_id", Id("run_id"))),
    ];

    private static string Id(string column) => $"md5(source.{column}::text || n)::uuid";

    /// <summary>As the row stands, but for what is told: whatever other columns there are, they are copied, too.</summary>
    private static string Copy(string table, string which, params (string Column, string Value)[] changed) =>
        $"insert into {table} select (jsonb_populate_record(source, jsonb_build_object({string.Join(", ", changed.Select(change => $"'{change.Column}', {change.Value}"))}))).* "
        + $"from {table} as source, generate_series(1, {{1}}) as n where source.{which}";
}
