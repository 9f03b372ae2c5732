using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>Verify now: the checks of a deployment outside of any run.</summary>
public sealed class VerifyingDry
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly Plan TestPlan = Given.Plan with { IsLive = false };
    private static readonly StepOutcome Unreachable = new StepOutcome.Failed("No answer.", HaltCause.TargetUnreachable);

    [Fact]
    public void Before_a_run_components_and_environment_are_looked_at_and_after_it_what_it_left()
    {
        Ask(Scheduled()).Looks.Select(look => (look.Stage, look.Subject)).ShouldBe(
            [(Stage.VerifyComponents, "web 1.1.0"), (Stage.VerifyEnvironment, "web-1"), (Stage.VerifyEnvironment, "web-2")]);
        Ask(Scheduled(), stages: [Stage.VerifyDeployment]).Looks.ShouldAllBe(look => look.Stage == Stage.VerifyDeployment);
    }

    [Fact]
    public void What_changes_targets_is_refused()
    {
        Refused(Scheduled(), [Stage.VerifyEnvironment, Stage.Execute]).ShouldBe("dry-verification.execute");

        var running = Scheduled();
        running.StartRun([], Given.Paul, Given.Now).Error.ShouldBeNull();
        Refused(running).ShouldBe("dry-verification.run-under-way");
    }

    [Fact]
    public void The_settings_of_a_plan_reach_live_targets_only_once_it_is_approved()
    {
        Refused(Draft(Given.Plan)).ShouldBe("dry-verification.not-approved");
        Ask(Draft(TestPlan)).IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Every_check_is_done_whatever_the_one_before_found()
    {
        var verification = Ask(Scheduled(), Model(Reach("Reach"), Reach("Reach again")));
        var look = verification.Looks[1];

        var fence = look.Take("here", Margin, Given.Now);
        look.DueAt.ShouldBe(Given.Now + TimeSpan.FromMinutes(5) + Margin); // fifteen minutes are too long for somebody who waits
        look.Record(fence, Unreachable, Margin, Given.Now).ShouldBeTrue();
        look.Next!.Name.ShouldBe("Reach again");
        look.Record(fence, StepOutcome.Succeeded.Plain, Margin, Given.Now).ShouldBeTrue();

        look.IsOver.ShouldBeTrue();
        Found(verification, "web-1").ShouldBe([Verdict.Fail, Verdict.Pass]);
        Findings.Together(Findings.Of(verification).Select(finding => finding.Verdict)).ShouldBe(Verdict.Pending);
    }

    [Fact]
    public void A_lost_worker_tells_in_vain_what_another_one_found()
    {
        var look = Ask(Scheduled()).Looks[1];
        var lost = look.Take("lost", Margin, Given.Now);
        var other = look.Take("other", Margin, look.DueAt!.Value);

        look.Record(lost, Unreachable, Margin, Given.Now).ShouldBeFalse();
        look.Record(other, StepOutcome.Succeeded.Plain, Margin, Given.Now).ShouldBeTrue();
        look.Checks.ShouldHaveSingleItem().By.ShouldBe("other");
    }

    [Fact]
    public void A_worker_that_stops_lets_another_go_on_at_once()
    {
        var look = Ask(Scheduled()).Looks[1];
        var fence = look.Take("stops", Margin, Given.Now);
        look.GiveBack(fence, Given.Now);

        look.DueAt.ShouldBe(Given.Now);
        look.Record(fence, Unreachable, Margin, Given.Now).ShouldBeFalse();
    }

    [Fact]
    public void What_nobody_looked_at_before_somebody_asked_anew_is_no_pass()
    {
        var verification = Ask(Scheduled());
        var fence = verification.Looks[0].Take("slow", Margin, Given.Now);
        verification.GiveUp(Given.Now);

        verification.IsOver.ShouldBeTrue();
        verification.Looks[0].Record(fence, StepOutcome.Succeeded.Plain, Margin, Given.Now).ShouldBeFalse();
        Findings.Of(verification).ShouldAllBe(finding => finding.Verdict == Verdict.Inconclusive);
    }

    [Fact]
    public void What_no_worker_comes_for_or_comes_back_from_is_given_up()
    {
        var look = Ask(Scheduled()).Looks[1];
        look.EndsInVain([look.Pool!], Given.Now, Given.Now + DryLook.Patience).ShouldBeFalse();
        for (var lost = 0; lost < 6; lost++) look.Take($"w{lost}", Margin, look.DueAt!.Value);

        look.EndsInVain([look.Pool!], Given.Now, Given.Now).ShouldBeTrue();
        look.Checks.ShouldHaveSingleItem().Outcome.ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("w5");
        Ask(Scheduled()).Looks[2].EndsInVain(["another"], Given.Now, Given.Now + DryLook.Patience).ShouldBeTrue();
    }

    [Fact]
    public void What_only_a_run_can_do_does_not_apply()
    {
        var verification = Ask(Scheduled(), Model(
            Reach("Reach"), new StepDefinition("Open the door", new ManualWork("Open it.")), Reach("Never") with { When = "false" },
            Reach("After") with { When = "${step.door.state} == 'open'" }));

        Found(verification, "web-1").ShouldBe([Verdict.Pending, Verdict.NotApplicable, Verdict.NotApplicable, Verdict.NotApplicable]);
    }

    [Fact]
    public void Nothing_to_check_is_said_at_once() =>
        Refused(Scheduled(), [Stage.VerifyEnvironment], Model(new StepDefinition("Open the door", new ManualWork("Open it.")))).ShouldBe("dry-verification.nothing-to-check");

    [Theory]
    [InlineData(Verdict.Pass, Verdict.Pass, Verdict.NotApplicable)]
    [InlineData(Verdict.Inconclusive, Verdict.Inconclusive, Verdict.Pass)]
    [InlineData(Verdict.Fail, Verdict.Inconclusive, Verdict.Fail, Verdict.Pass)]
    [InlineData(Verdict.Pending, Verdict.Pending, Verdict.Fail)]
    [InlineData(Verdict.NotApplicable, Verdict.NotApplicable)]
    public void Together_the_heaviest_counts(Verdict expected, params Verdict[] verdicts) => Findings.Together(verdicts).ShouldBe(expected);

    private static StepDefinition Reach(string name) => new(name, new CheckReachable());

    private static ModelContent Model(params StepDefinition[] environment) => Given.Model() with { VerifyEnvironment = environment };

    private static IEnumerable<Verdict> Found(DryVerification verification, string subject) =>
        Findings.Of(verification).Where(finding => finding.Subject == subject).Select(finding => finding.Verdict);

    private static DryVerification Ask(Deployment deployment, ModelContent? model = null, IReadOnlyCollection<Stage>? stages = null) => Asked(deployment, model, stages).Value;

    private static string Refused(Deployment deployment, IReadOnlyCollection<Stage>? stages = null, ModelContent? model = null) => Asked(deployment, model, stages).Error!.Code;

    private static Domain.Result<DryVerification> Asked(Deployment deployment, ModelContent? model, IReadOnlyCollection<Stage>? stages)
    {
        var expansion = Given.Expansion(model ?? Given.Model(), Given.Targets(2));
        expansion.Expand().Error.ShouldBeNull();
        return DryVerification.Ask(deployment, deployment.Plan.IsLive, modelMayStart: true, 1, stages, expansion, NCalcConditions.Instance, Given.Paul, Given.Now);
    }

    private static Deployment Draft(Plan plan) =>
        Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Web", "", plan, null, new Actor("mia", "Mia"), Given.Now);

    private static Deployment Scheduled()
    {
        var deployment = Draft(Given.Plan);
        deployment.Submit([ApproverQuality.Peer], deployment.Owner, Given.Now).Error.ShouldBeNull();
        deployment.Approve(Given.Plan.Digest, [Role.DeploymentPractitioner], [], null, Given.Dora, Given.Now).Error.ShouldBeNull();
        return deployment;
    }
}
