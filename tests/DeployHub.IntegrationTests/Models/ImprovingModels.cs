using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Runs;
using DeployHub.Features.Find;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Models.Measuring;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Models;

/// <summary>From a proposal to what came of it (domain §2.3.4, J6), on figures computed from deployments.</summary>
public sealed class ImprovingModels(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly string[] Signal = ["S5"], Nowhere = ["somewhere"];

    private DateTimeOffset Now => hub.Clock.GetUtcNow();

    [Fact]
    public async Task Figures_are_counted_over_completed_live_deployments_of_the_window()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var like = await DoneAsync(estate);
        foreach (var hours in new[] { 1, 2, 3, 4 }) await PastAsync(like, new Past(Outcome.Succeeded, Now.AddDays(-hours), TimeSpan.FromHours(hours)));
        await PastAsync(like, new Past(Outcome.SucceededAfterIntervention, Now.AddDays(-5), TimeSpan.FromHours(5)));
        await PastAsync(like, new Past(Outcome.Succeeded, Now.AddDays(-6), TimeSpan.FromHours(6), Runs: 2));
        await PastAsync(like, new Past(Outcome.RolledBack, Now.AddDays(-7), TimeSpan.FromHours(7)));
        await PastAsync(like, new Past(Outcome.Failed, Now.AddDays(-8), TimeSpan.FromHours(99), IsRehearsal: true));
        await PastAsync(like, new Past(Outcome.Failed, Now.AddDays(-91), TimeSpan.FromHours(99)));

        var measures = await MeasureAsync(estate.Name, Now.AddDays(-90), Now);
        (measures.Success, measures.FirstTimeRight, measures.ChangeFailure, measures.InProgress).ShouldBe((new Proportion(6, 7), new Proportion(4, 7), new Proportion(1, 7), 0));
        (measures.LeadTime.Count, measures.LeadTime.Median).ShouldBe((7, TimeSpan.FromHours(4)));
        (measures.Duration.Median, measures.Execute.Median).ShouldBe((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(10)));

        var earlier = await MeasureAsync(estate.Name, Now.AddDays(-90), Now.AddDays(-6.5));
        (earlier.Success, earlier.InProgress).ShouldBe((new Proportion(0, 1), 0), "the others had not begun by then");
        (await MeasureAsync(estate.Name, Now.AddDays(-90), Now, [ModelVersionId.New()])).Success.Of.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_proposed_is_decided_written_published_and_measured()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var (manager, like) = (await hub.PersonFor(Role.DeploymentManager), await DoneAsync(estate));
        (await hub.As(Role.Auditor).Send(new ProposeImprovement(estate.Name, "Look earlier", ["S5"]))).Refused("access.not-permitted");
        (await hub.As(Role.Stakeholder).Send(new ProposeImprovement(estate.Name, "Look earlier", []))).Refused("improvement.evidence-missing");
        (await hub.As(Role.Stakeholder).Send(new ProposeImprovement(estate.Name, "Look earlier", ["DEP-1999-000001"]))).Refused("improvement.evidence-unknown");
        (await hub.As(Role.Stakeholder).Send(new ProposeImprovement("nowhere", "Look earlier", ["S5"]))).Refused("improvement.model-unknown");
        var number = (await hub.As(Role.Stakeholder).Send(new ProposeImprovement(estate.Name, "Look earlier", ["S5 Read it back", like], "It becomes faster."))).Done();
        var second = (await hub.As(Role.DeploymentPractitioner).Send(new ProposeImprovement(estate.Name, "Soak longer", ["S2"]))).Done();
        (await hub.AsSystem.Send(new FindAnything(number))).ShouldHaveSingleItem().Kind.ShouldBe(FindAnything.Kind.Improvement);

        foreach (var proposed in new[] { number, second }) (await hub.As(manager).Send(new AssessImprovement(proposed, Level.High, Level.Low, Level.Low))).Done();
        (await AcceptAsync(number, manager)).Refused("improvement.no-baseline");
        foreach (var days in Enumerable.Range(1, 8)) await PastAsync(like, new Past(Outcome.Succeeded, Now.AddDays(-days), TimeSpan.FromHours(9)));
        (await ShowAsync(number)).Figures.Single(figure => figure.Metric is ImprovementMetric.LeadTime).Value.ShouldBe(TimeSpan.FromHours(9).TotalSeconds, 1);
        (await AcceptAsync(number, manager, "10h")).Refused("improvement.target-not-better");
        foreach (var assessed in new[] { number, second }) (await AcceptAsync(assessed, manager)).Done();

        (await hub.As(Role.Stakeholder).Send(new StartImprovement(number))).Refused("access.not-permitted");
        var started = (await hub.As(await hub.NewPerson("Pia", new RoleGrant(Role.DeploymentPractitioner))).Send(new StartImprovement(number))).Done();
        (started.Version, started.IsDrafted).ShouldBe((2, true));
        var drafted = (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done();
        (drafted.Intent!.Reference, drafted.Intent.LeadTime).ShouldBe((number, "5h"));
        (await hub.As(manager).Send(new StartImprovement(second))).Done().IsDrafted.ShouldBeFalse("one version may bring several improvements");
        (await hub.As(manager).Send(new DeliverImprovement(number))).Refused("improvement.version-unpublished");

        await PublishAsync(estate.Name, drafted.Yaml, manager);
        foreach (var written in new[] { number, second }) (await ShowAsync(written)).Improvement.Status.ShouldBe(ImprovementStatus.Delivered);
        (await hub.As(manager).Send(new EvaluateImprovement(number, EffectVerdict.Effective))).Refused("improvement.no-after-value");

        var published = await hub.Database(db => (
            from model in db.Models
            join version in db.ModelVersions on model.Id equals version.ModelId
            where model.Slug == estate.Name && version.Number == 2
            select version.Id).SingleAsync());
        hub.Clock.Advance(TimeSpan.FromDays(2));
        foreach (var minutes in Enumerable.Range(1, 10)) await PastAsync(like, new Past(Outcome.Succeeded, Now.AddMinutes(-minutes), TimeSpan.FromHours(4), Version: published));
        var measured = await ShowAsync(number);
        (measured.Suggested, measured.Deployments, measured.Improvement.IsEvaluationDue).ShouldBe((EffectVerdict.Effective, 10, true));
        measured.Effect!.ShouldEndWith("The intervals do not overlap: the lead time is clearly shorter.");
        (await hub.As(manager).Send(new EvaluateImprovement(number, EffectVerdict.NoEffect))).Refused("improvement.verdict-unexplained");
        (await hub.As(manager).Send(new EvaluateImprovement(number, EffectVerdict.Effective))).Done();
        var evaluation = (await ShowAsync(number)).Improvement.Evaluation!;
        (evaluation.Verdict, evaluation.ByOwner, evaluation.BeforeDue).ShouldBe((EffectVerdict.Effective, true, false));
    }

    [Fact]
    public async Task Nothing_is_lost_where_two_decide_and_the_board_shows_what_waits()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var (first, other) = (await ProposeAsync("Look earlier"), await ProposeAsync("Look earlier, too"));
        var seen = (await ShowAsync(first)).RowVersion;

        (await hub.As(manager).Send(new AssessImprovement(first, Level.High, Level.Low, Level.Low, Seen: seen))).Done();
        (await hub.As(manager).Send(new DeclineImprovement(first, "Too late.", seen))).Refused("changed-meanwhile");
        (await hub.As(manager).Send(new MergeImprovement(other, "IMP-1999-000001"))).Refused("improvement.into-unknown");
        (await hub.As(manager).Send(new MergeImprovement(other, first))).Done();
        (await ShowAsync(other)).MergedInto.ShouldBe(first);
        (await ShowAsync(first)).Merged.ShouldBe([other]);

        (await RowsAsync()).ShouldHaveSingleItem().IsOverdue.ShouldBeFalse();
        (await RowsAsync(all: true)).Select(row => row.Number).ShouldBe([other, first]);
        hub.Clock.Advance(TimeSpan.FromDays(31));
        (await RowsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(row => row.IsOverdue.ShouldBeTrue(), row => row.AgeInDays.ShouldBe(31));

        async Task<string> ProposeAsync(string title) =>
            (await hub.As(Role.Approver).Send(new ProposeImprovement(estate.Name, title, ["https://wiki.example.com/review-12"]))).Done();

        async Task<IReadOnlyList<ListImprovements.Row>> RowsAsync(bool all = false) => (await hub.AsSystem.Send(new ListImprovements(estate.Name, All: all))).Rows;
    }

    [Fact]
    public async Task A_discarded_draft_leaves_the_improvement_free_to_be_written_in_another_one()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var (manager, like) = (await hub.PersonFor(Role.DeploymentManager), await DoneAsync(estate));
        await PastAsync(like, new Past(Outcome.Succeeded, Now.AddDays(-1), TimeSpan.FromHours(9)));
        var number = (await hub.As(manager).Send(new ProposeImprovement(estate.Name, "Look earlier", [like]))).Done();
        (await hub.As(manager).Send(new AssessImprovement(number, Level.High, Level.Low, Level.Low))).Done();
        (await AcceptAsync(number, manager)).Done();
        (await hub.As(manager).Send(new StartImprovement(number))).Done().Version.ShouldBe(2);
        (await hub.As(manager).Send(new StartImprovement(number))).Refused("improvement.cannot-move");

        (await hub.As(manager).Send(new DiscardModelVersion(estate.Name, 2, "Another way."))).Done();
        (await hub.As(manager).Send(new StartImprovement(number))).Done().Version.ShouldBe(3);
    }

    [Fact]
    public async Task Programs_propose_and_decide_with_what_they_have_seen()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        using var manager = await hub.ClientFor(Role.DeploymentManager);
        (await manager.PostAsJsonAsync("/api/v1/improvements", new { model = estate.Name, title = "Look earlier", evidence = Nowhere })
            .Problem(HttpStatusCode.BadRequest, "improvement.evidence-unreadable")).GetProperty("errors").GetProperty("evidence")[0].GetString()!.ShouldContain("“somewhere”");
        var proposed = await manager.PostAsJsonAsync("/api/v1/improvements", new { model = estate.Name, title = "Look earlier", evidence = Signal }).Json();
        var address = $"/api/v1/improvements/{proposed.GetProperty("key").GetString()}";

        using var shown = await manager.GetAsync(address);
        await DecideAsync("assessment", new { value = "High", effort = "Low", risk = "Low" }, HttpStatusCode.NoContent);
        await DecideAsync("decline", new { reason = "Not now." }, HttpStatusCode.PreconditionFailed);
        (await manager.GetAsync($"/api/v1/improvements?model={estate.Name}&status=Assessed").Json())[0].GetProperty("isOverdue").GetBoolean().ShouldBeFalse();

        async Task DecideAsync(string move, object body, HttpStatusCode expected)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/{move}") { Content = JsonContent.Create(body) };
            request.Headers.IfMatch.Add(shown.Headers.ETag!);
            using var answer = await manager.SendAsync(request);
            answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>A deployment of another time and outcome, like one that was really carried out.</summary>
    /// <param name="Lead">From its submission to its end; it ran for 20 minutes, half of them in Execute.</param>
    private sealed record Past(Outcome Outcome, DateTimeOffset CompletedAt, TimeSpan Lead, int Runs = 1, bool IsRehearsal = false, ModelVersionId? Version = null);

    private static async Task<string> DoneAsync(Estate estate)
    {
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        return run.Split('/')[0];
    }

    private Task<int> PastAsync(string like, Past past)
    {
        var (number, name) = (TestHub.Unique("PAST"), TestHub.Unique("PAST/R"));
        var ended = past.CompletedAt;
        return hub.Database(db => db.Database.ExecuteSqlAsync(
            $"""
            with planned as (
                insert into deployments
                select copy.* from deployments known cross join lateral jsonb_populate_record(known, jsonb_build_object(
                    'id', gen_random_uuid(), 'number', {number}, 'outcome', {past.Outcome.ToString()}, 'run_count', {past.Runs}, 'submitted_at', {ended - past.Lead},
                    'started_at', {ended.AddMinutes(-20)}, 'completed_at', {ended}, 'model_version_id', coalesce({past.Version?.Value}::uuid, known.model_version_id),
                    'plan', known.plan || jsonb_build_object('isLive', true)
                        || case when {past.IsRehearsal} then jsonb_build_object('rehearsal', jsonb_build_object('case', 'Pass')) else jsonb_build_object() end)) copy
                where known.number = {like}
                returning id),
            carried_out as (
                insert into runs
                select copy.* from runs known join deployments deployment on deployment.id = known.deployment_id cross join planned
                cross join lateral jsonb_populate_record(known, jsonb_build_object(
                    'id', gen_random_uuid(), 'name', {name}, 'deployment_id', planned.id, 'started_at', {ended.AddMinutes(-20)}, 'ended_at', {ended},
                    'stages', jsonb_set(jsonb_set(
                        known.stages, array['2', 'beganAt'], to_jsonb({ended.AddMinutes(-15)})), array['2', 'endedAt'], to_jsonb({ended.AddMinutes(-5)})))) copy
                where deployment.number = {like}
                returning id)
            insert into target_runs
            select copy.* from target_runs known join runs run on run.id = known.run_id join deployments deployment on deployment.id = run.deployment_id cross join carried_out
            cross join lateral jsonb_populate_record(known, jsonb_build_object('id', gen_random_uuid(), 'run_id', carried_out.id)) copy
            where deployment.number = {like}
            """));
    }

    private Task<ModelMeasures> MeasureAsync(string slug, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<ModelVersionId>? versions = null) => hub.Database(async db =>
        await ModelMeasures.OfAsync(db, await db.Models.Where(model => model.Slug == slug).Select(model => model.Id).SingleAsync(), versions, from, to, CancellationToken.None));

    private async Task<Domain.Result> AcceptAsync(string number, TestPerson by, string target = "5h") =>
        await hub.As(by).Send(new AcceptImprovement(number, by.Email, DateOnly.FromDateTime(Now.UtcDateTime.AddDays(60)), ImprovementMetric.LeadTime, target));

    private async Task<ShowImprovement.View> ShowAsync(string number) => (await hub.AsSystem.Send(new ShowImprovement(number))).Done();

    /// <summary>Its second version, walked through at the table and approved.</summary>
    private async Task PublishAsync(string slug, string yaml, TestPerson author)
    {
        var other = yaml.Replace("Shows what a test is about.", "Another one.", StringComparison.Ordinal);
        (await hub.As(author).Send(new WriteModelVersion(slug, 2, other))).Done().IsComplete.ShouldBeTrue();
        (await hub.As(author).Send(new StartTestingModelVersion(slug, 2))).Done();
        foreach (var required in new[] { RehearsalCase.Pass, RehearsalCase.ForcedFailure, RehearsalCase.Rollback })
            (await hub.As(Role.DeploymentPractitioner).Send(new RehearseAtTable(slug, 2, required, true, "Somebody Else", "Line by line."))).Done();
        (await hub.As(author).Send(new PassModelVersionTesting(slug, 2))).Done();
        var digest = (await hub.AsSystem.Send(new ShowModelVersion(slug, 2))).Done().Digest.ToString();
        (await hub.As(await hub.NewPerson("Milo", new RoleGrant(Role.DeploymentManager))).Send(new ApproveModelVersion(slug, 2, digest))).Done();
        (await hub.As(author).Send(new PublishModelVersion(slug, 2, "CHG-311", "Looks earlier."))).Done();
    }
}
