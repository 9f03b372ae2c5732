using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Conditions are judged and outputs filled when a step is reached, and never by touching anything.</summary>
public sealed class DecidingWhatApplies
{
    private static readonly StepDefinition Plan = new("Plan", new RunScript(["plan"], Outputs: ["changes", "address"])) { Key = "plan" };

    private readonly Dictionary<string, StepOutcome?> _world = [];

    [Fact]
    public void A_step_whose_condition_is_false_is_left_out_and_the_record_says_why()
    {
        var simulation = Started(Step("Install"), Step("Migrate") with { When = "${environment.key} == 'staging'" }, Step("Start")).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.NotApplicable, StepStatus.Succeeded]);
        Steps(simulation)[1].WhyNot.ShouldBe("Its condition is false: ${environment.key} == 'staging' (environment.key is production).");
        simulation.Events.ShouldContain(happened => happened.Became == "NotApplicable" && happened.Text.Contains("“Migrate” does not apply. Its condition is false"));
        simulation.Visits.ShouldNotContain("Execute web-1 Migrate");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_an_earlier_step_said_is_judged_and_filled_in_when_its_turn_comes()
    {
        _world["Plan"] = Said(("changes", "2"), ("address", "10.0.0.7"));
        var simulation = Started(Plan, Using("Apply") with { When = "${step.plan.changes} > 0" }, Step("Nothing to do") with { When = "${step.plan.changes} == 0" });
        Steps(simulation)[1].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["use", "${step.plan.address}"]);

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation)[1].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["use", "10.0.0.7"]);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.Succeeded, StepStatus.NotApplicable]);
        Steps(simulation)[0].Outputs["address"].ShouldBe("10.0.0.7");
        simulation.Events.ShouldContain(happened => happened.Text == "web-1: Plan said changes = 2 and address = 10.0.0.7");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_was_never_said_fails_the_step_that_needs_it_before_anybody_begins_it_and_what_cleans_up_follows()
    {
        _world["Plan"] = Said(("changes", "2"));
        var simulation = Started(Plan, Using("Apply"), Step("Tidy up") with { Runs = StepRuns.Always }).Work();

        simulation.Run.OpenHalt!.Sentence.ShouldBe("“Apply” failed on web-1: No step before said ${step.plan.address}.");
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.Failed, StepStatus.Succeeded]);
        simulation.Visits.ShouldNotContain("Execute web-1 Apply");
        Steps(simulation)[1].LastAttempt!.HasBegun.ShouldBeFalse();
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_step_that_could_not_begin_touched_nothing()
    {
        var simulation = Started(Step("Start") with { When = "${target.name}" }).Work();

        simulation.Run.OpenHalt!.Sentence.ShouldContain("could not be judged: ${target.name} is “web-1”, which is neither true nor false.");
        simulation.Run.IsUntouched.ShouldBeTrue();
        simulation.Run.Postpone(Given.Decision(simulation.Now)).Error.ShouldBeNull();
    }

    [Fact]
    public void A_person_lets_a_step_that_could_not_begin_be_tried_again_or_says_that_it_is_done()
    {
        _world["Plan"] = Said(("changes", "2"));
        var simulation = Started(Plan, Using("Apply"), Step("Start")).Work();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.OpenHalt!.Step.ShouldBe("Apply");

        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.SkippedByResolution, StepStatus.Succeeded]);
        simulation.ShouldFoldToItsState();
    }

    [Theory]
    [InlineData("${step.plan.address}", "${secret:db}", "", "${step.plan.address}")]
    [InlineData("$${step.plan.address}", "{secret:db}", "", "${step.plan.address}")]
    [InlineData("${step.plan.address}${step.plan.changes} ${secret:db}", "$", "{secret:db}", "${step.plan.address} and ${step.plan.changes}")]
    public void What_a_target_says_fetches_no_secret(string text, string address, string changes, string named)
    {
        _world["Plan"] = Said(("address", address), ("changes", changes));
        Started(Plan, new StepDefinition("Apply", new RunScript(["use", text]))).Work().Run.OpenHalt!.Sentence
            .ShouldEndWith($"What {named} says names something to be filled in, such as a secret, and an output may not.");
    }

    [Fact]
    public void A_probe_is_filled_like_its_step_and_needs_what_it_uses_before_the_step_begins()
    {
        StepDefinition apply = new("Apply", new RunScript(["apply"])) { Probe = new CheckScript(["look", "${step.plan.address}"]) };
        _world["Plan"] = Said(("address", "10.0.0.7"));
        var simulation = Started(Plan, apply, Step("Start") with { Probe = new CheckScript(["is-started"]) }).Work();
        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation).Skip(1).Select(step => ((CheckScript)step.Probe!).Command).ShouldBe([["look", "10.0.0.7"], ["is-started"]]);

        _world["Plan"] = Said(("changes", "2"));
        simulation = Started(Plan, apply).Work();
        simulation.Run.OpenHalt!.Sentence.ShouldBe("“Apply” failed on web-1: No step before said ${step.plan.address}.");
        simulation.Visits.ShouldNotContain("Execute web-1 Apply");
    }

    [Fact]
    public void A_step_that_could_not_begin_stops_nothing_where_the_model_lets_the_run_go_on()
    {
        _world["Plan"] = Said(("changes", "2"));
        var simulation = Started(Plan, Using("Apply") with { IfItFails = IfItFails.GoOn }, Step("Start")).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        States(simulation).ShouldBe([StepStatus.Succeeded, StepStatus.Tolerated, StepStatus.Succeeded]);
    }

    [Fact]
    public void The_record_shows_what_a_step_said_and_that_it_said_an_empty_word()
    {
        _world["Plan"] = Said(("changes", ""));
        var simulation = Started(Plan, Step("Start")).Work();

        simulation.Events.ShouldContain(happened => happened.Text == "web-1: Plan said changes = empty");
        simulation.Events.ShouldContain(happened => happened.Became == "Succeeded" && happened.Text == "web-1: Start");
    }

    [Fact]
    public void What_runs_again_is_filled_again_with_what_was_said_since()
    {
        _world["Plan"] = new StepOutcome.Failed("It broke.") { Outputs = new Dictionary<string, string> { ["address"] = "10.0.0.7" } };
        var simulation = Started(Plan, Using("Tidy up") with { Runs = StepRuns.Always }).Work();
        Steps(simulation)[1].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["use", "10.0.0.7"]);

        _world["Plan"] = Said(("address", "10.0.0.8"));
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation)[1].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["use", "10.0.0.8"]);
    }

    [Fact]
    public void A_step_hears_only_what_comes_before_it()
    {
        var simulation = Started(Plan, Step("Start") with { Key = "start" });
        foreach (var step in Steps(simulation)) step.Attempts = [new Attempt(1, Given.Now, "w1") { Outcome = Said(("address", "10.0.0.7")) }];

        var work = simulation.Run.In(Stage.Execute, 1).Single();
        work.OutputsFor(work.Steps[0]).ShouldBeEmpty();
        work.OutputsFor(work.Steps[1]).Keys.ShouldBe(["step.plan.address"]);
    }

    [Fact]
    public void Where_no_step_applies_nothing_is_observed_and_no_worker_is_needed()
    {
        var simulation = Started(Step("Install") with { When = "false" }, Step("Undo") with { Runs = StepRuns.OnFailure }, Step("Start") with { When = "1 > 2" }).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation)[0].WhyNot.ShouldBe("Its condition is false: false.");
        simulation.Visits.ShouldNotContain(visit => visit.StartsWith("Execute", StringComparison.Ordinal));
        simulation.Observations.ShouldBeEmpty();
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_failed_step_s_words_are_there_for_what_cleans_up()
    {
        _world["Plan"] = new StepOutcome.Failed("It broke.") { Outputs = new Dictionary<string, string> { ["address"] = "10.0.0.7" } };
        var simulation = Started(Plan, Step("Start"), Using("Tidy up") with { Runs = StepRuns.Always, When = "${step.plan.address} != ''" }).Work();

        States(simulation).ShouldBe([StepStatus.Failed, StepStatus.Pending, StepStatus.Succeeded]);
        simulation.Run.OpenHalt!.Step.ShouldBe("Plan");
    }

    [Fact]
    public void A_lost_worker_took_its_words_with_it()
    {
        _world["Plan"] = null;
        var simulation = Started(Plan, Using("Apply")).Work();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.OpenHalt!.Sentence.ShouldEndWith("No step before said ${step.plan.address}.");
    }

    [Fact]
    public void A_halt_lets_a_target_under_way_finish_through_its_conditions()
    {
        _world["Plan"] = Said(("changes", "1"), ("address", "x"));
        var targets = Given.Targets(2);
        var model = Given.Model("2", "0", Plan, Using("Apply") with { When = "${step.plan.changes} > 0" }, Step("Start"));
        var simulation = new Simulation(
            Given.Run(targets, model), targets, (targetRun, step) => targetRun.Subject == "web-1" && step.Name == "Plan" ? new StepOutcome.Failed("It broke.") : _world.GetValueOrDefault(step.Name, StepOutcome.Succeeded.Plain), model: model).Work();

        simulation.Run.OpenHalt!.Subjects.ShouldBe(["web-1"]);
        simulation.Run.In(Stage.Execute, 1).Single(targetRun => targetRun.Subject == "web-2").Status.ShouldBe(TargetRunStatus.Succeeded);
    }

    [Fact]
    public void A_step_done_once_for_each_version_hears_the_one_of_its_own_version()
    {
        var api = Given.New with { ComponentId = ComponentId.New(), Component = "api", VersionId = ComponentVersionId.New() };
        var model = Given.Model("2", "0", new("Plan", new RunScript(["plan", "${component.key}"], Outputs: ["address"])) { Key = "plan" }, new StepDefinition("Apply", new RunScript(["use", "${component.key}", "${step.plan.address}"])));
        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New, api], Given.Targets(1));
        expansion.Expand().Error.ShouldBeNull();
        var targetRun = expansion.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute);
        foreach (var (step, address) in targetRun.Steps.Take(2).Zip(["of web", "of api"])) step.Attempts = [new Attempt(1, Given.Now, "w1") { Outcome = Said(("address", address)) }];

        targetRun.OutputsFor(targetRun.Steps[2])["step.plan.address"].ShouldBe("of web");
        targetRun.OutputsFor(targetRun.Steps[3])["step.plan.address"].ShouldBe("of api");
    }

    [Fact]
    public void What_a_person_reads_off_is_there_for_the_steps_after_it()
    {
        var simulation = Started(
            new("Read off", new ManualWork("Read the serial number.", EvidenceRule.None, Values: [new("serial")])) { Key = "device" },
            new("Apply", new RunScript(["use", "${step.device.serial}"])));
        _world["Read off"] = new StepOutcome.NeedsPerson();
        simulation.Work();
        var asked = simulation.Run.Asked(Stage.Execute, "web-1", 1).Value;
        simulation.Run.Answer(asked, 1, new AnswerGiven(ManualAnswer.Done) { Values = new Dictionary<string, string> { ["serial"] = " SN-1 " } }, Given.Dora, simulation.Now).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation)[1].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["use", "SN-1"]);
    }

    private Simulation Started(params StepDefinition[] steps)
    {
        var targets = Given.Targets(1);
        var model = Given.Model("2", "0", steps);
        return new Simulation(Given.Run(targets, model), targets, (_, step) => _world.GetValueOrDefault(step.Name, StepOutcome.Succeeded.Plain), model: model);
    }

    private static StepOutcome Said(params (string Name, string Value)[] said) => new StepOutcome.Succeeded([]) { Outputs = said.ToDictionary(output => output.Name, output => output.Value) };

    private static StepDefinition Step(string name) => new(name, new RunScript(["true"]));

    private static StepDefinition Using(string name) => new(name, new RunScript(["use", "${step.plan.address}"]));

    private static IReadOnlyList<StepRun> Steps(Simulation simulation) => simulation.Run.In(Stage.Execute, 1).Single().Steps;

    private static List<StepStatus> States(Simulation simulation) => [.. Steps(simulation).Select(step => step.Status)];
}
