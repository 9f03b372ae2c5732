using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>When a run looks at its targets, so that what it changed can be told.</summary>
public sealed class LookingBeforeAndAfter
{
    private static readonly WatchedFact OpenSsl = new(FactKind.Package, "openssl");
    private static readonly WatchedFact Notes = new(FactKind.File, "${target.name}/notes");
    private static readonly WatchedFact Nginx = new(FactKind.Service, "nginx.service");

    [Fact]
    public void What_the_model_and_the_environment_name_is_looked_at_last_before_Execute_and_last_afterwards()
    {
        var run = Expanded(WithDrift(OpenSsl, Notes), watched: [Nginx, OpenSsl]);

        foreach (var (stage, name, runs) in new[] { (Stage.VerifyEnvironment, "Baseline", StepRuns.OnSuccess), (Stage.VerifyDeployment, "Compare with the baseline", StepRuns.Always) })
        {
            var look = run.TargetRuns.Single(targetRun => targetRun.Stage == stage).Steps[^1];
            (look.Name, look.IfItFails, look.Runs, look.WhenLost).ShouldBe((name, IfItFails.GoOn, runs, AfterLoss.RunAgain));
            ((CheckChanges)look.Settings).Facts!.Select(fact => fact.Subject).ShouldBe(["package openssl", "file web-1/notes", "service nginx.service"]);
        }
    }

    [Fact]
    public void Where_nobody_named_anything_nothing_is_added() => Expanded(Given.Model(), watched: []).TargetRuns.ShouldAllBe(targetRun => targetRun.Steps.All(step => !(step.Settings is CheckChanges)));

    [Fact]
    public void A_model_that_asks_itself_halts_by_its_own_step_which_sees_everything()
    {
        var model = WithDrift(OpenSsl) with { VerifyDeployment = [.. Given.Model().VerifyDeployment, new("Nothing else", new CheckChanges([Notes], ["package openssl"]))] };
        var run = Expanded(model, watched: [Nginx]);

        var own = run.TargetRuns.Single(targetRun => targetRun.Stage == Stage.VerifyDeployment).Steps.Where(step => step.Settings is CheckChanges).ShouldHaveSingleItem();
        (own.Name, own.IfItFails).ShouldBe(("Nothing else", IfItFails.Halt));
        var check = (CheckChanges)own.Settings;
        check.Facts!.Select(fact => fact.Subject).ShouldBe(["package openssl", "file web-1/notes", "service nginx.service"]);
        check.Tolerate.ShouldBe(["package openssl"]);
        run.TargetRuns.Single(targetRun => targetRun.Stage == Stage.VerifyEnvironment).Steps[^1].Settings.ShouldBeOfType<CheckChanges>().Facts!.Count.ShouldBe(3);
    }

    [Fact]
    public void A_model_that_asks_only_sometimes_is_looked_at_all_the_same()
    {
        var model = WithDrift(OpenSsl) with { VerifyDeployment = [.. Given.Model().VerifyDeployment, new("Now and then", new CheckChanges()) { When = "false" }] };

        Expanded(model, []).TargetRuns.Single(targetRun => targetRun.Stage == Stage.VerifyDeployment).Steps[^1].Name.ShouldBe("Compare with the baseline");
    }

    [Fact]
    public void What_only_a_step_says_was_not_there_before() =>
        Expanded(WithDrift(OpenSsl, new WatchedFact(FactKind.File, "${step.find.path}")), []).TargetRuns.Single(targetRun => targetRun.Stage == Stage.VerifyDeployment)
            .Steps[^1].Settings.ShouldBeOfType<CheckChanges>().Facts.ShouldBe([OpenSsl]);

    [Fact]
    public void A_way_back_ends_with_a_look_at_the_same()
    {
        var isBroken = true;
        var (targets, model) = (Given.Targets(1), WithDrift(OpenSsl, Notes));
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, step) => isBroken && step.Name == "Switch" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain, model: model).Work();
        isBroken = false;
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);

        simulation.Visits[^1].ShouldBe("Execute web-1 Compare with the baseline");
        simulation.Run.TargetRuns[^1].Steps[^1].Settings.ShouldBeOfType<CheckChanges>().Facts!.Select(fact => fact.Subject).ShouldBe(["package openssl", "file web-1/notes"]);
    }

    [Fact]
    public void What_changed_halts_nothing_and_is_looked_at_after_a_failure_too()
    {
        var (targets, model) = (Given.Targets(1), WithDrift(OpenSsl));
        Simulation Simulate(Func<StepRun, StepOutcome> world) => new Simulation(Given.Run(targets, model), targets, (_, step) => world(step), model: model).Work();

        Simulate(step => step.Settings is CheckChanges ? new StepOutcome.Failed("It changed.", HaltCause.UnexpectedChange) : StepOutcome.Succeeded.Plain).Run.Status.ShouldBe(RunStatus.Succeeded);
        var halted = Simulate(step => step.Name == "Read back" ? new StepOutcome.Failed("It answers 1.0.0.") : StepOutcome.Succeeded.Plain);
        (halted.Run.Status, halted.Visits[^1]).ShouldBe((RunStatus.Halted, "VerifyDeployment web-1 Compare with the baseline"));
    }

    private static ModelContent WithDrift(params WatchedFact[] facts) => Given.Model() with { VerifyEnvironment = [new("Reach", new CheckReachable()), new("Drift", new CheckDrift(facts))] };

    private static Run Expanded(ModelContent model, IReadOnlyList<WatchedFact> watched)
    {
        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], Given.Targets(1)) { Watched = watched };
        expansion.Expand().Error.ShouldBeNull();
        return Run.Start(Domain.Deployments.DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
    }
}
