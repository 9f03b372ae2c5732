using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Named readers confirm a version: each for oneself, once, until enough have or the deadline is over (domain J12).</summary>
public sealed class ConfirmingVersions
{
    private static readonly Actor Ana = new("ana", "Ana");
    private static readonly KnownPerson[] People =
    [
        new(Ana, "ana@test.example", [Role.Stakeholder]), new(Given.Dora, "dora@test.example", [Role.DeploymentManager]), new(Given.Paul, "paul@test.example", [Role.Stakeholder, Role.Auditor]),
        new(new Actor("gil", "Gil"), "gil@test.example", [Role.Auditor]),
    ];

    [Theory]
    [InlineData("100%", 12, 12)]
    [InlineData("95%", 18, 18)]
    [InlineData("95%", 20, 19)]
    [InlineData("1%", 1, 1)]
    [InlineData("7", 12, 7)]
    [InlineData("7", 3, 3)]
    public void A_quota_is_never_rounded_down(string quota, int readers, int needed) => Share.Parse(quota).Value.Needed(readers).ShouldBe(needed);

    [Fact]
    public void Enough_confirmations_are_evidence_and_the_run_goes_on()
    {
        var simulation = Asked("60%", "Stakeholder, DORA@test.example");
        simulation.Run.WaitingFor.ShouldBe(WaitingReason.Acknowledgement);
        simulation.Run.WaitingSentence.ShouldBe("0 of 3 confirmed “Read it” for web-1, 2 have to by 2026-11-23 11:00 UTC; waiting for Ana, Paul and Dora.");

        Confirms(simulation, Ana).Error.ShouldBeNull();
        simulation.Run.WaitingSentence!.ShouldBe("1 of 3 confirmed “Read it” for web-1, 2 have to by 2026-11-23 11:00 UTC; waiting for Paul and Dora.");
        Confirms(simulation, Ana).Error.ShouldBe(RunErrors.AlreadyAcknowledged);
        Confirms(simulation, new Actor("gil", "Gil")).Error!.WhoCould.ShouldBe("Ana, Paul and Dora");
        Confirms(simulation, Ana with { Kind = ActorKind.Machine }).Error!.Code.ShouldBe("run.no-reader-of-this");
        Confirms(simulation, Given.Dora).Error.ShouldBeNull();
        Confirms(simulation, Given.Paul).Error.ShouldBe(RunErrors.NothingToAcknowledge);

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        ((StepOutcome.Succeeded)Step(simulation).LastAttempt!.Outcome!).Evidence.Select(evidence => evidence.Name).ShouldBe(["Confirmed by Ana", "Confirmed by Dora"]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void The_deadline_halts_and_names_who_is_missing_and_who_confirmed_need_not_again()
    {
        var simulation = Asked("100%", "ana@test.example", "dora@test.example");
        Confirms(simulation, Ana).Error.ShouldBeNull();
        simulation.PeopleAreLate = true;
        simulation.Work();

        simulation.Now.ShouldBe(Given.Now + TimeSpan.FromHours(1));
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.AcknowledgementShortfall);
        simulation.Run.OpenHalt.Sentence.ShouldBe("“Read it” failed on web-1: 1 of 2 confirmed in time and 2 had to; missing are Dora.");
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Acknowledgement);
        Confirms(simulation, Given.Dora).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Rests_while_the_run_is_halted_and_the_way_back_asks_nobody()
    {
        var simulation = Asked("100%", "ana@test.example");
        simulation.Run.Stop("A wrong page", Given.Dora, simulation.Now).Error.ShouldBeNull();
        Confirms(simulation, Ana).Error.ShouldBe(RunErrors.TasksRest);

        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Visits.Count(visit => visit.EndsWith("Read it", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("nobody@test.example", "Nobody with an account here is “nobody@test.example”")]
    [InlineData("Approver", "Nobody with an account here is “Approver”")]
    [InlineData("gil@test.example", "Gil would have to confirm, but holds no role here that may")]
    public void A_run_does_not_start_with_readers_who_could_never_confirm(string reader, string sentence)
    {
        var expansion = ExpansionOf(Model("100%", reader), Given.Targets(1));
        expansion.Expand().Error!.Message.ShouldStartWith(sentence);
    }

    private static Simulation Asked(string quota, params string[] readers)
    {
        var (model, targets) = (Model(quota, readers), Given.Targets(1));
        var expansion = ExpansionOf(model, targets);
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(Domain.Deployments.DeploymentId.New(), 1, "DEP-2026-000001/R1", Domain.Inventory.EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
        return new Simulation(run, targets, (_, step) => step.Settings is Acknowledge ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain, model: model)
            .WorkUntil(asked => asked.WaitingFor is WaitingReason.Acknowledgement);
    }

    private static ModelContent Model(string quota, params string[] readers) =>
        Given.Model("1", "0", new StepDefinition("Publish", new Upload("package")), new StepDefinition("Read it", new Acknowledge("I know what is new.", readers, quota)) { Timeout = "1h" });

    private static Expansion ExpansionOf(ModelContent model, IReadOnlyList<RunTarget> targets) =>
        new("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], targets) { People = People };

    private static StepRun Step(Simulation simulation) => simulation.Run.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps[1];

    private static Result Confirms(Simulation simulation, Actor by) =>
        simulation.Run.Acknowledge(simulation.Run.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Id, 2, by, simulation.Now);
}
