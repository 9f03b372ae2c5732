using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Ways out of a halt that came before anything was touched, and the fix that somebody made outside (domain §2.4.4).</summary>
public sealed class EndingUntouched
{
    private static readonly StepOutcome Unreachable = new StepOutcome.Failed("No route to host.", HaltCause.TargetUnreachable);

    [Fact]
    public void Postponing_ends_the_run_and_leaves_the_approved_plan_to_run_again()
    {
        var (simulation, deployment) = HaltedAt("Reach");
        simulation.Run.Postpone(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        deployment.Follow(simulation.Run, simulation.Now);

        simulation.Run.Status.ShouldBe(RunStatus.Ended);
        simulation.Run.OutcomeOf().ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.CompletedAt.ShouldBeNull();
        deployment.StartRun([], Given.Paul, simulation.Now).Error.ShouldBeNull();
        deployment.RunCount.ShouldBe(2);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void Replacing_a_component_sends_the_plan_back_and_voids_its_approvals()
    {
        var (simulation, deployment) = HaltedAt("Check artefacts");
        simulation.Run.ReplaceComponent(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        deployment.Follow(simulation.Run, simulation.Now);

        deployment.Status.ShouldBe(DeploymentStatus.Draft);
        deployment.Approvals.ShouldAllBe(approval => approval.Status == ApprovalStatus.Void);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void There_is_nothing_to_roll_back()
    {
        var (simulation, _) = HaltedAt("Reach");
        simulation.RollBack(Given.Decision(simulation.Now)).Error!.Code.ShouldBe("run.nothing-touched");
        simulation.Run.Status.ShouldBe(RunStatus.Halted);
    }

    [Fact]
    public void Neither_is_possible_once_a_target_may_have_changed()
    {
        var (simulation, _) = HaltedAt("Switch");
        foreach (var refused in (Result[])[simulation.Run.Postpone(Given.Decision(simulation.Now)), simulation.Run.ReplaceComponent(Given.Decision(simulation.Now))])
        {
            refused.Error!.Code.ShouldBe("run.already-touched");
            refused.Error.Message.ShouldContain("web-1");
        }

        simulation.Run.Status.ShouldBe(RunStatus.Halted);
    }

    [Fact]
    public void An_old_run_that_ended_moves_the_deployment_no_more()
    {
        var (simulation, deployment) = HaltedAt("Reach");
        simulation.Run.Postpone(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        deployment.Follow(simulation.Run, simulation.Now);
        deployment.StartRun([], Given.Paul, simulation.Now).Error.ShouldBeNull();

        deployment.Follow(simulation.Run, simulation.Now);
        deployment.Status.ShouldBe(DeploymentStatus.InProgress);
    }

    [Fact]
    public void A_fix_made_outside_is_described_and_checked()
    {
        var isFixed = false;
        var simulation = Running(step => step.Name == "Reach" && !isFixed ? Unreachable : StepOutcome.Succeeded.Plain);
        simulation.Run.FixAndRecheck(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.RemedyMissing);

        isFixed = true;
        simulation.Run.FixAndRecheck(Given.Decision(simulation.Now) with { Remedy = "Opened the firewall, CHG-77." }).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Run.Halts.Single().Resolution!.Remedy.ShouldBe("Opened the firewall, CHG-77.");
        simulation.Run.OutcomeOf().ShouldBe(Outcome.SucceededAfterIntervention);
        simulation.ShouldFoldToItsState();
    }

    private static (Simulation Simulation, Deployment Deployment) HaltedAt(string step)
    {
        var deployment = Deployment.Create(
            "DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Web", "", Given.Plan, null, new Actor("mia", "Mia"), Given.Now);
        deployment.Submit([ApproverQuality.Peer], deployment.Owner, Given.Now).Error.ShouldBeNull();
        deployment.Approve(Given.Plan.Digest, [Role.DeploymentPractitioner], [], null, Given.Dora, Given.Now).Error.ShouldBeNull();
        deployment.StartRun([], Given.Paul, Given.Now).Error.ShouldBeNull();

        var simulation = Running(current => current.Name == step ? Unreachable : StepOutcome.Succeeded.Plain);
        deployment.Follow(simulation.Run, simulation.Now);
        deployment.Status.ShouldBe(DeploymentStatus.Halted);
        return (simulation, deployment);
    }

    private static Simulation Running(Func<StepRun, StepOutcome> world)
    {
        var targets = Given.Targets(2);
        return new Simulation(Given.Run(targets), targets, (_, step) => world(step)).Work();
    }
}
