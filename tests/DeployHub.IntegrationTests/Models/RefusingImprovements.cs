using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Improving;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Doors;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>
/// Every refusal of an improvement is the same sentence at the same field, whether a page or a program asked. Three cannot be asked for at a door:
/// <c>improvement.other-model</c>, <c>other-definition</c> and <c>version-not-open</c>, for the hub itself chooses the draft and the figure.
/// </summary>
public sealed class RefusingImprovements(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly string[] Signal = ["S1 Install"];

    private DateOnly Today => DateOnly.FromDateTime(hub.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Proposals()
    {
        using var estate = await EstateAsync();
        using var doors = await BothDoors.OfAsync(hub, Role.DeploymentManager);

        await doors.RefuseAlikeAsync(
            Proposing("About no model", "invalid", "Model", "", "Look earlier, please", Signal),
            Proposing("About one that is not there", "improvement.model-unknown", "Model", "nowhere", "Look earlier, please", Signal).Gone(),
            Proposing("Without a title", "improvement.title-missing", "Title", estate.Name, "", Signal),
            Proposing("With a title of 201 characters", "invalid", "Title", estate.Name, new string('x', 201), Signal),
            Proposing("Resting on nothing", "improvement.evidence-missing", "Evidence", estate.Name, "Look earlier, please", []),
            Proposing("Resting on what nobody can read", "improvement.evidence-unreadable", "Evidence", estate.Name, "Look earlier, please", ["over there"]),
            Proposing("Resting on what is not there", "improvement.evidence-unknown", "Evidence", estate.Name, "Look earlier, please", ["DEP-1999-000001"]),
            Proposing("Resting on 21 things", "invalid", "Evidence", estate.Name, "Look earlier, please", [.. Enumerable.Range(1, 21).Select(one => $"S1 Step {one}")]));
    }

    [Fact]
    public async Task Decisions_about_what_is_proposed()
    {
        using var estate = await EstateAsync();
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var (number, declined) = (await ProposeAsync(estate, "Look earlier"), await ProposeAsync(estate, "Soak longer"));
        (await hub.As(manager).Send(new DeclineImprovement(declined, "Not now."))).Done();
        using var doors = await BothDoors.OfAsync(hub, manager);
        using var auditor = await BothDoors.OfAsync(hub, Role.Auditor);

        await doors.RefuseAlikeAsync(
            Assessing("Without a value", "invalid", "Value", number, "", "Low", "Low", "Why not"),
            Assessing("Without an effort", "invalid", "Effort", number, "High", "", "Low", "Why not"),
            Assessing("Without a risk", "invalid", "Risk", number, "High", "Low", "", "Why not"),
            Assessing("With 2001 characters", "invalid", "Note", number, "High", "Low", "Low", new string('x', 2001)),
            Declining("Without a reason", "invalid", "Reason", number, ""),
            Declining("With 2001 characters", "invalid", "Reason", number, new string('x', 2001)),
            Declining("What is not there", "improvement.not-found", null, "IMP-1999-000001", "Why not"),
            Merging("Into nothing", "invalid", "Into", number, ""),
            Merging("Into itself", "improvement.merged-into-itself", "Into", number, number),
            Merging("Into what is not there", "improvement.into-unknown", "Into", number, "IMP-1999-000001"),
            Merging("Into what is over", "improvement.into-closed", "Into", number, declined),
            Accepting("Before it is assessed", "improvement.cannot-move", null, number, manager.Email, "2099-01-01", "LeadTime", "5h").Gone(),
            Assessing("When somebody was quicker", "changed-meanwhile", null, number, "High", "Low", "Low", "Read it", 1),
            Declining("When somebody was quicker", "changed-meanwhile", null, number, "Not now", 1),
            Merging("When somebody was quicker", "changed-meanwhile", null, number, declined, 1));
        await auditor.RefuseAlikeAsync(Declining("By somebody who may not", "access.not-permitted", null, number, "Mine").Gone());
    }

    [Fact]
    public async Task Decisions_about_what_is_assessed()
    {
        using var estate = await EstateAsync();
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var number = await ProposeAsync(estate, "Look earlier");
        await AssessAsync(number);
        using var doors = await BothDoors.OfAsync(hub, manager);

        await doors.RefuseAlikeAsync(
            Assessing("A second time", "improvement.cannot-move", null, number, "High", "Low", "Low", "Why not").Gone(),
            Accepting("Owned by nobody", "invalid", "Owner", number, "", "2099-01-01", "LeadTime", "5h"),
            Accepting("Owned by somebody without an account", "improvement.owner-unknown", "Owner", number, "nobody@test.example", "2099-01-01", "LeadTime", "5h"),
            Accepting("By no day", "invalid", "Due", number, manager.Email, "", "LeadTime", "5h"),
            Accepting("Judged by nothing", "invalid", "Metric", number, manager.Email, "2099-01-01", "", "5h"),
            Accepting("To become nothing", "invalid", "Target", number, manager.Email, "2099-01-01", "LeadTime", ""),
            Accepting("To become no time", "improvement.target-malformed", "Target", number, manager.Email, "2099-01-01", "LeadTime", "very soon"),
            Accepting("By a day that is over", "improvement.due-past", "Due", number, manager.Email, "2020-01-01", "LeadTime", "5h"),
            Accepting("Judged by what nobody measured", "improvement.no-baseline", "Metric", number, manager.Email, "2099-01-01", "LeadTime", "5h"),
            Accepting("When somebody was quicker", "changed-meanwhile", null, number, manager.Email, "2099-01-01", "LeadTime", "5h", 1),
            Moving("Starting what is not accepted", "improvement.cannot-move", number, "Start", "start"),
            Moving("Delivering it", "improvement.cannot-move", number, "Deliver", "delivery"),
            Evaluating("Before it is delivered", "improvement.cannot-move", null, number, "Effective", "").Gone());
    }

    [Fact]
    public async Task A_target_that_is_no_better()
    {
        using var estate = await LiveAsync();
        await SucceedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var number = await ProposeAsync(estate, "Look earlier");
        await AssessAsync(number);
        using var doors = await BothDoors.OfAsync(hub, manager);

        await doors.RefuseAlikeAsync(
            Accepting("A longer time", "improvement.target-not-better", "Target", number, manager.Email, "2099-01-01", "LeadTime", "100h"),
            Accepting("What it is already", "improvement.target-not-better", "Target", number, manager.Email, "2099-01-01", "SuccessRate", "100 %"));
    }

    [Fact]
    public async Task Starting_and_delivering()
    {
        using var estate = await LiveAsync();
        await SucceedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var (written, frozen, elsewhere) = (await AcceptedAsync(estate, "Look earlier"), await AcceptedAsync(estate, "Soak longer"), await AcceptedAsync(estate, "Train people"));
        using var doors = await BothDoors.OfAsync(hub, manager);
        (await hub.As(manager).Send(new StartImprovement(written))).Done().Version.ShouldBe(2);

        await doors.RefuseAlikeAsync(
            Moving("Delivering what is not published", "improvement.version-unpublished", written, "Deliver", "delivery"),
            Moving("Starting it again", "improvement.cannot-move", written, "Start", "start"),
            Moving("Starting when somebody was quicker", "changed-meanwhile", elsewhere, "Start", "start", 1),
            StartingElsewhere("At no address", "invalid", "TaskLink", elsewhere, "over there"));

        (await hub.As(manager).Send(new StartTestingModelVersion(estate.Name, 2))).Done();
        await doors.RefuseAlikeAsync(
            Moving("Starting while the version is in test", "improvement.version-frozen", frozen, "Start", "start"),
            Moving("Delivering what is in test", "improvement.version-unpublished", written, "Deliver", "delivery"));

        (await hub.As(manager).Send(new DiscardModelVersion(estate.Name, 2, "Another way."))).Done();
        (await hub.As(manager).Send(new StartImprovement(elsewhere, "https://tasks.example/7"))).Done();
        await doors.RefuseAlikeAsync(
            Moving("Delivering what is discarded", "improvement.version-unpublished", written, "Deliver", "delivery"),
            Moving("Delivering when somebody was quicker", "changed-meanwhile", elsewhere, "Deliver", "delivery", 1));
    }

    [Fact]
    public async Task Evaluating_what_is_delivered()
    {
        using var estate = await LiveAsync();
        await SucceedAsync(estate);
        var manager = await hub.PersonFor(Role.DeploymentManager);
        var (faster, shorter) = (await AcceptedAsync(estate, "Look earlier"), await AcceptedAsync(estate, "Unpack less", ImprovementMetric.ExecuteTime));
        foreach (var number in new[] { faster, shorter })
        {
            (await hub.As(manager).Send(new StartImprovement(number, "https://tasks.example/7"))).Done();
            (await hub.As(manager).Send(new DeliverImprovement(number))).Done();
        }

        using var doors = await BothDoors.OfAsync(hub, manager);

        await doors.RefuseAlikeAsync(
            Evaluating("Without a verdict", "invalid", "Verdict", faster, "", "It feels so"),
            Evaluating("Before any deployment", "improvement.no-after-value", null, faster, "Effective", "It feels so"),
            Evaluating("With 2001 characters", "invalid", "Reason", faster, "Effective", new string('x', 2001)),
            Evaluating("When somebody was quicker", "changed-meanwhile", null, faster, "Effective", "It feels so", 1));

        await AbandonAsync(estate);
        await doors.RefuseAlikeAsync(Evaluating("By a figure that no deployment has", "improvement.no-figure", null, shorter, "Effective", "It feels so"));

        await SucceedAsync(estate);
        await doors.RefuseAlikeAsync(Evaluating("Otherwise than the figures suggest", "improvement.verdict-unexplained", "Reason", faster, "Effective", ""));
    }

    private static Refusal Proposing(string what, string code, string field, string model, string title, string[] evidence) => new(
        what, code, $"Input.{field}", new("/improvements/new", null, ("Input.Model", model), ("Input.Title", title), ("Input.Evidence", string.Join('\n', evidence))),
        Request.Post("/improvements", new { model, title, evidence }));

    private static Refusal Assessing(string what, string code, string? field, string number, string value, string effort, string risk, string note, uint? seen = null) => Deciding(
        what, code, field, number, "Assess", "assessment", new { value = NullIfEmpty(value), effort = NullIfEmpty(effort), risk = NullIfEmpty(risk), note }, seen,
        ("Assessing.Value", value), ("Assessing.Effort", effort), ("Assessing.Risk", risk), ("Assessing.Note", note));

    private static Refusal Declining(string what, string code, string? field, string number, string reason, uint? seen = null) =>
        Deciding(what, code, field, number, "Decline", "decline", new { reason }, seen, ("Declining.Reason", reason));

    private static Refusal Merging(string what, string code, string? field, string number, string into, uint? seen = null) =>
        Deciding(what, code, field, number, "Merge", "merge", new { into }, seen, ("Merging.Into", into));

    private static Refusal Accepting(string what, string code, string? field, string number, string owner, string due, string metric, string target, uint? seen = null) => Deciding(
        what, code, field, number, "Accept", "acceptance", new { owner, due = NullIfEmpty(due), metric = NullIfEmpty(metric), target }, seen,
        ("Accepting.Owner", owner), ("Accepting.Due", due), ("Accepting.Metric", metric), ("Accepting.Target", target));

    private static Refusal Evaluating(string what, string code, string? field, string number, string verdict, string reason, uint? seen = null) => Deciding(
        what, code, field, number, "Evaluate", "evaluation", new { verdict = NullIfEmpty(verdict), reason }, seen, ("Evaluating.Verdict", verdict), ("Evaluating.Reason", reason));

    private static Refusal Moving(string what, string code, string number, string handler, string move, uint? seen = null) => Deciding(what, code, null, number, handler, move, new { }, seen);

    private static Refusal StartingElsewhere(string what, string code, string field, string number, string task) => new(
        what, code, $"Starting.{field}", new($"/improvements/{number}", "StartElsewhere", ("Starting.TaskLink", task)), Request.Post($"/improvements/{number}/start", new { taskLink = task }));

    /// <param name="field">Within the form, whose name its fields begin with.</param>
    private static Refusal Deciding(string what, string code, string? field, string number, string handler, string move, object body, uint? seen, params (string Name, string Value)[] typed) => new(
        what, code, field is null ? null : $"{typed[0].Name.Split('.')[0]}.{field}",
        new($"/improvements/{number}", handler, [.. typed, .. seen is null ? [] : new[] { ("Seen", $"{seen}") }]), new Request(HttpMethod.Post, $"/improvements/{number}/{move}", body, seen));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private Task<Estate> EstateAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);

    private async Task<string> ProposeAsync(Estate estate, string title) => (await hub.As(Role.DeploymentManager).Send(new ProposeImprovement(estate.Name, title, Signal))).Done();

    private async Task AssessAsync(string number) => (await hub.As(Role.DeploymentManager).Send(new AssessImprovement(number, Level.High, Level.Low, Level.Low))).Done();

    private async Task<string> AcceptedAsync(Estate estate, string title, ImprovementMetric metric = ImprovementMetric.LeadTime)
    {
        var number = await ProposeAsync(estate, title);
        await AssessAsync(number);
        (await hub.As(Role.DeploymentManager).Send(new AcceptImprovement(number, (await hub.PersonFor(Role.DeploymentManager)).Email, Today.AddDays(60), metric, "1s"))).Done();
        return number;
    }

    /// <summary>A live deployment that came to its end, some minutes ago.</summary>
    private async Task SucceedAsync(Estate estate)
    {
        var run = await RunAsync(estate, (_, _) => StepOutcome.Succeeded.Plain);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        hub.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    /// <summary>One that was given up in the middle of Execute.</summary>
    private async Task AbandonAsync(Estate estate)
    {
        var run = await RunAsync(estate, (_, step) => step.Name == "Install" ? new StepOutcome.Failed("It failed.") : StepOutcome.Succeeded.Plain);
        (await hub.As(Role.DeploymentManager).Send(new ResolveHalt(run, ResolutionChoice.Abandon, CauseClass.Component, "It will not work."))).Done();
        hub.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    private async Task<string> RunAsync(Estate estate, Func<TargetRun, StepRun, StepOutcome> does)
    {
        var number = await estate.PlanAsync(again: true);
        await estate.ApproveAsync(number);
        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await hub.WorkOnAsync(run, does, TimeSpan.FromSeconds(20));
        return run;
    }
}
