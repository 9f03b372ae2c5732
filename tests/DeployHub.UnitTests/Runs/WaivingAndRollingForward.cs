using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Going on although a check failed, and fixing forward by another deployment (domain §2.4.4).</summary>
public sealed class WaivingAndRollingForward
{
    [Fact]
    public void An_approver_waives_a_check_and_the_record_says_so()
    {
        var simulation = Halted("Read back", new StepOutcome.Failed("It answers 1.0.0.", HaltCause.VersionMismatchAfter));
        var run = simulation.Run;

        run.AcceptWithWaiver(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.MeasureMissing);
        run.AcceptWithWaiver(Given.Waiving(simulation.Now, Given.Paul)).Error.ShouldBe(RunErrors.OperatorMayNotWaive);
        foreach (var days in (int[])[-1, 0, 91])
            run.AcceptWithWaiver(Given.Decision(simulation.Now) with { Waiver = new Waiver(simulation.Now.AddDays(days), "Somebody looks.") }).Error!.Code.ShouldBe("run.waiver-too-long");

        run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();
        run.Of(Stage.VerifyDeployment).Status.ShouldBe(StageStatus.PassedWithWaiver);
        run.OutcomeOf().ShouldBe(Outcome.SucceededAfterIntervention);
        run.Halts[0].Resolution!.Waiver!.CompensatingMeasure.ShouldBe("Somebody looks every morning.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void While_an_incident_is_active_only_its_fix_goes_on()
    {
        var simulation = Halted("Read back", new StepOutcome.Failed("ShopDown is active.", HaltCause.ActiveIncident));

        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error.ShouldBe(RunErrors.FixesNoIncident);
        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now), fixesIncident: true).Error.ShouldBeNull();
    }

    [Fact]
    public void Where_nobody_can_tell_whether_an_incident_is_active_only_its_fix_goes_on()
    {
        var unknown = new StepOutcome.Failed("Nobody knows.", HaltCause.MonitoringDown);
        var (targets, model) = (Given.Targets(2), Given.Model() with { VerifyDeployment = [new("Incidents", new CheckIncidents("http://alerts"))] });
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, current) => current.Name == "Incidents" ? unknown : StepOutcome.Succeeded.Plain, model: model).Work();

        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error.ShouldBe(RunErrors.FixesNoIncident);
        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now), fixesIncident: true).Error.ShouldBeNull();
        Halted("Read back", unknown).Run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error.ShouldBeNull("another check asked");
    }

    [Theory]
    [InlineData("Check artefacts", HaltCause.DigestMismatch)]
    [InlineData("Switch", HaltCause.StepFailed)]
    public void Forged_bytes_and_work_that_failed_are_never_waived(string step, HaltCause cause)
    {
        var simulation = Halted(step, new StepOutcome.Failed("No.", cause));

        simulation.Run.MayBeWaived.ShouldBeFalse();
        simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error!.Code.ShouldBe("run.resolution-not-allowed");
    }

    [Fact]
    public void A_run_that_is_fixed_forward_ends_and_names_what_fixes_it()
    {
        var simulation = Halted("Switch", new StepOutcome.Failed("No."));

        simulation.Run.RollForward(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.SuccessorMissing);
        simulation.Run.RollForward(Given.Decision(simulation.Now) with { SupersededBy = "DEP-2026-000002" }).Error.ShouldBeNull();
        simulation.Run.Status.ShouldBe(RunStatus.Ended);
        simulation.Run.OutcomeOf().ShouldBeNull("the deployment is over only with its successor");
    }

    private static Simulation Halted(string step, StepOutcome outcome)
    {
        var targets = Given.Targets(2);
        return new Simulation(Given.Run(targets), targets, (_, current) => current.Name == step ? outcome : StepOutcome.Succeeded.Plain).Work();
    }
}
