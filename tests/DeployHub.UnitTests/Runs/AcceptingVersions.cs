using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Named people accept what was deployed by criteria, for the whole run, or reject it (domain B5).</summary>
public sealed class AcceptingVersions
{
    private static readonly string[] Criteria = ["Prices are with tax", "A cart can be paid"];
    private static readonly Actor Ana = Reading.Ana;
    private static readonly KnownPerson[] People = Reading.People;

    [Fact]
    public void One_word_counts_on_every_target_and_the_run_goes_on_when_enough_have_accepted()
    {
        var simulation = Asked("2", 2);
        simulation.Run.WaitingSentence!.ShouldStartWith("0 of 3 accepted “Try it” for web-1, 2 have to by");

        Accepts(simulation, Ana, Criteria[..1]).Error!.Message.ShouldContain("“A cart can be paid” is open");
        Accepts(simulation, Ana, Criteria).Error.ShouldBeNull();
        Accepts(simulation, Ana, Criteria).Error.ShouldBe(RunErrors.AlreadyAcknowledged);
        Accepts(simulation, Given.Paul, Criteria).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation).ShouldAllBe(step => step.Status == StepStatus.Succeeded);
        foreach (var step in Steps(simulation)) step.LastAttempt!.WhatShowsIt().Select(evidence => evidence.Name).ShouldBe(["Accepted by Ana", "Accepted by Paul"]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void One_who_rejects_it_halts_and_after_what_follows_everybody_is_asked_again()
    {
        var simulation = Asked("2", 1);
        Accepts(simulation, Ana, Criteria).Error.ShouldBeNull();
        simulation.Run.Reject(Waiting(simulation), 1, "Prices are without tax", Given.Paul, simulation.Now).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.BusinessVerificationRejected);
        simulation.Run.OpenHalt.Sentence.ShouldContain("Paul rejected it: Prices are without tax");
        Steps(simulation).Single().LastAttempt!.WhatShowsIt().Select(evidence => evidence.Name).ShouldBe(["Accepted by Ana", "Rejected by Paul"]);
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Acknowledgement);
        simulation.Run.WaitingSentence!.ShouldStartWith("0 of 3 accepted");
    }

    [Fact]
    public void In_a_phase_a_rejection_halts_whatever_may_fail_there_and_nobody_passes_over_it_by_hand()
    {
        var tryIt = new StepDefinition("Try it", new Accept("It works as it has to.", Criteria, ["ana@test.example", "dora@test.example"])) { Timeout = "1h", IfItFails = IfItFails.GoOn };
        var simulation = Asked(Given.Model("100%", "1", new StepDefinition("Publish", new Upload("package")), tryIt), 2);

        simulation.Run.Reject(Waiting(simulation), 2, "Prices are without tax", Ana, simulation.Now).Error.ShouldBeNull();
        simulation.Work();

        (simulation.Run.OpenHalt!.Stage, simulation.Run.OpenHalt.Cause).ShouldBe((Stage.Execute, HaltCause.BusinessVerificationRejected));
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBe(RunErrors.AcceptanceNotByHand);
    }

    [Fact]
    public void Who_neither_planned_nor_operates_it_may_waive_the_acceptance_for_all_targets()
    {
        var simulation = Asked("2", 2);
        simulation.Run.Reject(Waiting(simulation), 1, "Prices are without tax", Ana, simulation.Now).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now, Given.Paul)).Error.ShouldBe(RunErrors.OperatorMayNotWaive);
        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now), isPlanner: true).Error.ShouldBe(RunErrors.PlannerMayNotWaive);
        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Steps(simulation).ShouldAllBe(step => step.Status == StepStatus.SkippedByResolution);
        simulation.Run.Of(Stage.VerifyDeployment).Status.ShouldBe(StageStatus.PassedWithWaiver);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Nobody_who_accepts_in_time_is_a_rejection()
    {
        var simulation = Asked("2", 1);
        simulation.PeopleAreLate = true;
        simulation.Work();

        (simulation.Run.OpenHalt!.Cause, simulation.Run.OpenHalt.Sentence).ShouldBe((HaltCause.BusinessVerificationRejected, "“Try it” failed on web-1: 0 of 3 accepted in time and 2 had to; missing are Ana, Dora and Paul."));
    }

    [Theory]
    [InlineData("ana, dora, paul, eva", "Ana, Dora, Paul and Eva")]
    [InlineData("ana, dora, paul, eva, finn", "Ana, Dora, Paul and 2 others")]
    public void Of_many_who_are_missing_the_first_three_are_named(string accepters, string named) =>
        Asked(Model("100%", [.. accepters.Split(", ").Select(accepter => $"{accepter}@test.example")]), 1).Run.WaitingSentence!.ShouldEndWith($"waiting for {named}.");

    [Fact]
    public void Who_planned_it_does_not_accept_it_alone()
    {
        var simulation = Asked("1", 1, Given.Paul);
        Accepts(simulation, Given.Paul, Criteria).Error.ShouldBeNull();
        simulation.Run.WaitingSentence!.ShouldEndWith("waiting for Ana and Dora, since whoever planned it does not accept it alone.");

        Accepts(simulation, Ana, Criteria).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public void A_run_does_not_start_when_only_planners_would_accept_it() =>
        ExpansionOf(Model("1", "paul@test.example"), Given.Targets(1), Given.Paul).Expand().Error!.Message.ShouldStartWith("Paul planned this deployment and would be the only ones to accept it.");

    [Fact]
    public void Readers_who_confirm_do_not_accept_and_the_other_way_round()
    {
        var simulation = Asked("1", 1);

        simulation.Run.Acknowledge(Waiting(simulation), 1, Ana, simulation.Now).Error.ShouldBe(RunErrors.NothingToAcknowledge);
    }

    private static Simulation Asked(string quota, int count, params Actor[] planners) => Asked(Model(quota, "ana@test.example", "dora@test.example", "paul@test.example"), count, planners);

    private static Simulation Asked(ModelContent model, int count, params Actor[] planners)
    {
        var targets = Given.Targets(count);
        var expansion = ExpansionOf(model, targets, planners);
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(Domain.Deployments.DeploymentId.New(), 1, "DEP-2026-000001/R1", Domain.Inventory.EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
        return new Simulation(run, targets, (_, step) => step.Settings is Accept ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain, model: model)
            .WorkUntil(asked => asked.WaitingFor is WaitingReason.Acknowledgement);
    }

    private static ModelContent Model(string quota, params string[] accepters) =>
        Given.Model("100%", "0", new StepDefinition("Publish", new Upload("package"))) with { VerifyDeployment = [new StepDefinition("Try it", new Accept("It works as it has to.", Criteria, accepters, quota)) { Timeout = "1h" }] };

    private static Expansion ExpansionOf(ModelContent model, IReadOnlyList<RunTarget> targets, params Actor[] planners) =>
        new("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], targets) { People = People, Planners = planners };

    private static IEnumerable<StepRun> Steps(Simulation simulation) => simulation.Run.TargetRuns.Where(targetRun => targetRun.Stage is Stage.VerifyDeployment).Select(targetRun => targetRun.Steps[0]);

    private static TargetRunId Waiting(Simulation simulation) => simulation.Run.TargetRuns.First(targetRun => targetRun.AwaitsReaders).Id;

    private static Result Accepts(Simulation simulation, Actor by, IReadOnlyList<string> met) => simulation.Run.Accept(Waiting(simulation), 1, met, by, simulation.Now);
}
