using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;

namespace DeployHub.UnitTests.Runs;

/// <summary>What a run does where the plan wants a component absent, what it leaves behind, and how that comes back (domain §2.4.2).</summary>
public sealed class RemovingComponents
{
    private static readonly MovedVersion Gone = Given.New with { VersionId = null, Label = WatchedFact.Absent, Digest = Digest.OfText("") };
    private static readonly MovedVersion Api = new(ComponentId.New(), "api", ComponentVersionId.New(), "2.0.0", Digest.OfText("api 2.0.0"));
    private static readonly IReadOnlyList<RunTarget> Targets = Given.Targets(2);

    private static readonly ModelContent Model = Given.Model() with
    {
        Removal = new RemovalDefinition(
            [new("Stop", new RunScript(["stop", "${component.key}", "${phase.name}"])), new("Take away", new RunScript(["rm", "${component.key}"]))],
            [new("Is gone", new CheckAbsent([new WatchedFact(FactKind.File, "current")]))]),
    };

    [Fact]
    public void What_only_removes_looks_before_takes_away_and_proves_it()
    {
        var expansion = Expand(Model, Gone);

        Told(expansion, Stage.VerifyComponents).ShouldBe(["removal of web: May be removed"]);
        Told(expansion, Stage.VerifyEnvironment).ShouldBe(["web-1: Reach", "web-2: Reach"]);
        Told(expansion, Stage.Execute).ShouldBe(["web-1: Stop, Take away", "web-2: Stop, Take away"]);
        Told(expansion, Stage.VerifyDeployment).ShouldBe(["web-1: Is gone", "web-2: Is gone"]);
        var execute = expansion.TargetRuns.First(targetRun => targetRun.Stage is Stage.Execute);
        execute.Steps.Select(step => string.Join(' ', ((RunScript)step.Settings).Command)).ShouldBe(["stop web All targets", "rm web"]);
        execute.Steps.ShouldAllBe(step => step.VersionId == null);
        ((CheckRemoval)expansion.TargetRuns[0].Steps.Single().Settings).ShouldBe(new CheckRemoval("web", "DEP-2026-000001"));
    }

    [Fact]
    public void What_comes_is_brought_before_anything_goes()
    {
        var expansion = Expand(Model, Gone, Api);

        Told(expansion, Stage.VerifyComponents).ShouldBe(["api 2.0.0: Check artefacts", "removal of web: May be removed"]);
        Told(expansion, Stage.Execute)[0].ShouldBe("web-1: Upload, Switch, Stop, Take away");
        Told(expansion, Stage.VerifyDeployment)[0].ShouldBe("web-1: Is gone, Read back");
        expansion.TargetRuns.First(targetRun => targetRun.Stage is Stage.Execute).Steps.Select(step => (step.Number, step.VersionId))
            .ShouldBe([(1, Api.VersionId), (2, Api.VersionId), (3, null), (4, null)]);
    }

    [Fact]
    public void Each_of_several_is_taken_away_by_its_name()
    {
        var other = Gone with { ComponentId = ComponentId.New(), Component = "worker" };

        Told(Expand(Model, Gone, other), Stage.Execute)[0].ShouldBe("web-1: Stop (web), Stop (worker), Take away (web), Take away (worker)");
        Told(Expand(Model, Gone, other), Stage.VerifyComponents).ShouldBe(["removal of web: May be removed", "removal of worker: May be removed"]);
    }

    [Fact]
    public void Nothing_is_switched_or_watched_for_what_only_goes()
    {
        var model = Model with { Execute = Model.Execute with { Switch = [new("Shift", new RunScript(["shift"]))], Watch = [new("Errors", new CheckHttp("http://web/"))] } };

        Expand(model, Gone).TargetRuns.ShouldAllBe(targetRun => targetRun.Part == PhasePart.Work);
        Expand(model, Gone, Api).TargetRuns.Count(targetRun => targetRun.Part is not PhasePart.Work).ShouldBe(2);
    }

    [Fact]
    public void A_target_is_reached_at_least_where_every_check_speaks_of_a_version()
    {
        var model = Model with { VerifyEnvironment = [new("Room for it", new CheckScript(["room", "${version.label}"]))] };

        Told(Expand(model, Gone), Stage.VerifyEnvironment)[0].ShouldBe("web-1: Reach the target");
        Told(Expand(model, Gone, Api), Stage.VerifyEnvironment)[0].ShouldBe("web-1: Room for it");
    }

    [Fact]
    public void A_model_that_does_not_say_how_removes_nothing()
    {
        var refusal = Of(Given.Model(), Gone).Expand().Error!;

        (refusal.Code, refusal.Message).ShouldBe(("run.cannot-expand", "Rolling does not say how a component is removed."));
    }

    [Fact]
    public void Afterwards_no_target_has_it_and_one_that_did_not_is_left_alone()
    {
        var simulation = Started(Model, [Gone], [.. Given.Baselines([Targets[0]], Given.Old), .. Given.Baselines([Targets[1]], null)]).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Run.ResultOf(Targets[1].Id).ShouldBe(TargetResult.Unchanged);
        simulation.Observations.ShouldBe([new Observation(Targets[0].Id, Gone.ComponentId, null)]);
        simulation.Visits.ShouldContain("VerifyDeployment web-2 Is gone");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_is_still_there_halts_the_run_and_comes_back_by_the_steps_that_once_brought_it()
    {
        var simulation = StillThere(Model, [Gone]);
        var plan = Of(Model, Gone).RollBack(simulation.Run).Value;

        plan.TargetRuns.Select(Said).ShouldBe(["web-1: Upload, Switch, Read back", "web-2: Upload, Switch, Read back"]);
        plan.TargetRuns.SelectMany(targetRun => targetRun.Steps).ShouldAllBe(step => step.VersionId == Given.Old.VersionId);

        simulation.Run.RollBack(plan, Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Observations.TakeLast(2).ShouldBe([.. Targets.Select(target => new Observation(target.Id, Gone.ComponentId, Given.Old.VersionId))], ignoreOrder: true);
        simulation.ShouldFoldToItsState();
    }

    [Theory]
    [InlineData(RollbackMethod.CompensatingSteps)]
    [InlineData(RollbackMethod.RestoreBackup)]
    public void Steps_that_lead_back_what_was_brought_do_not_bring_back_what_was_removed(RollbackMethod method)
    {
        var model = Model with { Rollback = new RollbackDefinition(method, [new("Undo", new RunScript(["undo", "${component.key}"]))]) };
        var old = Api with { VersionId = ComponentVersionId.New(), Label = "1.9.0" };

        Of(model, Gone).RollBack(StillThere(model, [Gone]).Run).Value.TargetRuns.Select(Said).ShouldBe(["web-1: Upload, Switch, Read back", "web-2: Upload, Switch, Read back"]);
        Of(model, Gone, Api).RollBack(StillThere(model, [Gone, Api], [.. Given.Baselines(Targets, Given.Old), .. Targets.Select(target => new Baseline(target.Id, Api.ComponentId, old))]).Run)
            .Value.TargetRuns.Select(Said).First().ShouldBe("web-1: Undo, Upload, Switch, Read back (web), Read back (api)");
    }

    [Fact]
    public void What_was_not_there_needs_not_come_back()
    {
        var had = Targets.SelectMany(target => new[] { new Baseline(target.Id, Gone.ComponentId, null), new Baseline(target.Id, Api.ComponentId, Api with { VersionId = ComponentVersionId.New(), Label = "1.9.0" }) }).ToList();

        Of(Model, Gone, Api).RollBack(StillThere(Model, [Gone, Api], had).Run).Value.TargetRuns.Select(Said).First().ShouldBe("web-1: Upload, Switch, Read back");
    }

    [Fact]
    public void That_it_is_gone_counts_as_changed_as_planned_once_it_was_proved()
    {
        var run = Started(Model, [Gone]).Work().Run;

        BeforeAndAfter.Of(run, [])[0].ShouldBe(new Change("web-1", "component web", "1.0.0", "absent", "absent", ChangeVerdict.ChangedAsPlanned, "The plan removes it. Before by the record, nobody looked."));
        BeforeAndAfter.Of(StillThere(Model, [Gone]).Run, [])[0].ShouldSatisfyAllConditions(change => change.Verdict.ShouldBe(ChangeVerdict.NotObserved), change => change.After.ShouldBeNull());
    }

    [Fact]
    public void A_rehearsal_makes_a_step_of_the_removal_fail()
    {
        Run.LastToFail(Model.Removal!.Steps).ShouldBe("Take away");

        var expansion = new Expansion("DEP-2026-000001", "production", Model, new Dictionary<string, string>(), [Gone], Targets) { FailAt = "Take away" };
        Started(expansion, Model, [Gone]).Work().Run.OpenHalt!.Sentence.ShouldContain("The rehearsal made it fail");
    }

    private static Simulation StillThere(ModelContent model, IReadOnlyList<MovedVersion> moved, IReadOnlyList<Baseline>? had = null)
    {
        var simulation = Started(model, moved, had, step => step.Settings is CheckAbsent ? new StepOutcome.Failed("It still has file current.", HaltCause.VersionMismatchAfter) : StepOutcome.Succeeded.Plain).Work();
        simulation.Run.OpenHalt!.ShouldSatisfyAllConditions(halt => halt.Stage.ShouldBe(Stage.VerifyDeployment), halt => halt.Cause.ShouldBe(HaltCause.VersionMismatchAfter));
        return simulation;
    }

    private static Simulation Started(ModelContent model, IReadOnlyList<MovedVersion> moved, IReadOnlyList<Baseline>? had = null, Func<StepRun, StepOutcome>? world = null) => Started(Of(model, [.. moved]), model, moved, had, world);

    private static Simulation Started(Expansion expansion, ModelContent model, IReadOnlyList<MovedVersion> moved, IReadOnlyList<Baseline>? had = null, Func<StepRun, StepOutcome>? world = null)
    {
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(Domain.Deployments.DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), true, moved, expansion, Given.Paul, Given.Now);
        return new Simulation(run, Targets, (_, step) => world is null ? StepOutcome.Succeeded.Plain : world(step), model: model) { Had = had ?? Given.Baselines(Targets, Given.Old) };
    }

    private static Expansion Expand(ModelContent model, params MovedVersion[] moved)
    {
        var expansion = Of(model, moved);
        expansion.Expand().Error.ShouldBeNull();
        return expansion;
    }

    private static Expansion Of(ModelContent model, params MovedVersion[] moved) => new("DEP-2026-000001", "production", model, new Dictionary<string, string>(), moved, Targets);

    private static List<string> Told(Expansion expansion, Stage stage) => [.. expansion.TargetRuns.Where(targetRun => targetRun.Stage == stage).Select(Said)];

    private static string Said(TargetRun targetRun) => $"{targetRun.Subject}: {string.Join(", ", targetRun.Steps.Select(step => step.Name))}";
}
