using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Estimating;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>How long a run takes that has not begun, put together of its steps.</summary>
public sealed class EstimatingRuns
{
    private static readonly StepTime Minute = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSource.MeasuredHere, 5);

    [Fact]
    public void A_step_is_measured_here_or_elsewhere_or_by_its_own_word_or_only_by_its_limit()
    {
        TimeSpan[] three = [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)];
        var (script, wait) = (StepOf(new StepDefinition("Do", new RunScript(["true"])) { Timeout = "4m" }), StepOf(new StepDefinition("Rest", new Wait("90s"))));

        StepTime.Of(script, three, []).ShouldBe(new StepTime(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30), TimeSource.MeasuredHere, 3));
        StepTime.Of(script, three[..2], three).Source.ShouldBe(TimeSource.MeasuredElsewhere);
        StepTime.Of(script, three[..2], three[2..]).ShouldBe(new StepTime(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30), TimeSource.MeasuredAnywhere, 3));
        StepTime.Of(script, three[..2], []).ShouldBe(new StepTime(TimeSpan.Zero, TimeSpan.FromMinutes(4), TimeSource.Limit, 2));
        StepTime.Of(wait, [], []).ShouldBe(new StepTime(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90), TimeSource.Stated));
    }

    [Theory]
    [InlineData(0, 2)] // nobody is there to say how many at once
    [InlineData(4, 2)]
    [InlineData(3, 4)]
    [InlineData(1, 8)]
    public void Targets_of_a_phase_go_on_beside_each_other_as_far_as_workers_have_hands(int hands, int minutes) =>
        Of(Given.Run(Given.Targets(4), Given.Model(batchSize: "4")), hands).Phases.Single(phase => phase.Stage is Stage.Execute).Half.ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void Phases_follow_each_other_and_each_is_observed()
    {
        var model = Given.Model(batchSize: "2");
        var estimate = Of(Given.Run(Given.Targets(4), model with { Execute = model.Execute with { Soak = "10m", Watch = [new("Look", new CheckHttp("http://shop/"))] } }));

        estimate.Phases.Where(phase => phase.Stage is Stage.Execute).Select(phase => (phase.Half.TotalMinutes, phase.Most.TotalMinutes)).ShouldBe([(12, 14), (12, 14)]);
        (estimate.Half.TotalMinutes, estimate.Most.TotalMinutes).ShouldBe((27, 34)); // and a minute or two for each of the other stages
    }

    [Fact]
    public void What_waits_for_people_holds_no_hand_and_what_runs_together_takes_as_long_as_the_longest()
    {
        var byHand = Given.Model(batchSize: "4", execute: new StepDefinition("Plug it in", new ManualWork("Plug it in.")));
        Of(Given.Run(Given.Targets(4), byHand), hands: 1).Phases.Single(phase => phase.Stage is Stage.Execute).Half.ShouldBe(TimeSpan.FromMinutes(1));

        var together = Given.Model(execute: [new("One", new RunScript(["one"])) { Together = "both" }, new("Two", new RunScript(["two"])) { Together = "both" }]);
        Of(Given.Run(Given.Targets(1), together)).Phases.Single(phase => phase.Stage is Stage.Execute).Half.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_target_that_has_it_already_takes_no_time_in_Execute()
    {
        var targets = Given.Targets(1);
        var run = Given.Run(targets);
        run.ObtainedLocks(Given.Baselines(targets, Given.New), Given.Now);

        Of(run).Phases.Single(phase => phase.Stage is Stage.Execute).Most.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(null, StepRuns.OnSuccess, true)]
    [InlineData(null, StepRuns.OnFailure, false)]
    [InlineData("${environment.key} == 'production'", StepRuns.OnSuccess, true)]
    [InlineData("${environment.key} == 'test'", StepRuns.OnSuccess, false)]
    [InlineData("${step.plan.changes} > 0", StepRuns.OnSuccess, null)]
    public void Whether_a_step_will_be_done_is_told_as_far_as_it_is_known(string? when, StepRuns runs, bool? applies) =>
        StepOf(new StepDefinition("Do", new RunScript(["true"])) { When = when, Runs = runs }).Foretold(NCalcConditions.Instance).ShouldBe(applies);

    private static Estimate Of(Run run, int hands = 10) => Estimate.Of(run, (_, _) => Minute, _ => hands);

    private static StepRun StepOf(StepDefinition definition) => Given.Run(Given.Targets(1), Given.Model(execute: definition)).TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps[0];
}
