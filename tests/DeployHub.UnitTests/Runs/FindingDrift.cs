using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;

namespace DeployHub.UnitTests.Runs;

/// <summary>What a look at a target means for the run that took it, and to what it returns after the owner accepted what was found.</summary>
public sealed class FindingDrift
{
    private static readonly WatchedFact Openssl = new(FactKind.Package, "openssl", Expect: "3.0.7"), Sshd = new(FactKind.Service, "sshd", Expect: "active", Prerequisite: true), Web = new(FactKind.Component, "web", "current");

    private readonly TargetBaseline _baseline = TargetBaseline.Of(TargetId.New());
    private readonly List<DriftItem> _known = [];

    [Fact]
    public void Every_finding_is_told_at_once_and_what_blocks_halts()
    {
        var failed = Verdict(new SeenFact(Web, "1.0.0-hotfix"), new SeenFact(Openssl, "3.0.8"), new SeenFact(Sshd, "inactive")).ShouldBeOfType<StepOutcome.Failed>();

        failed.Cause.ShouldBe(HaltCause.DriftDetected);
        failed.Reason.ShouldBe("web-1 is not as it was left: component web is 1.0.0-hotfix instead of 1.0.0; service sshd is inactive instead of active. No run explains it.");
        failed.Evidence.Select(evidence => $"{evidence.Name}: {evidence.Value}").ShouldBe(
            ["component web: 1.0.0-hotfix instead of 1.0.0", "package openssl: 3.0.8 instead of 3.0.7, informational", "service sshd: inactive instead of active"]);
    }

    [Fact]
    public void What_does_not_block_is_evidence()
    {
        var passed = Verdict(new SeenFact(Web, "1.0.0"), new SeenFact(Openssl, "3.0.8")).ShouldBeOfType<StepOutcome.Succeeded>();

        passed.Evidence.Select(evidence => evidence.Value).ShouldBe(["1.0.0, as desired", "3.0.8 instead of 3.0.7, informational"]);
    }

    [Fact]
    public void What_cannot_be_read_passes_nothing() =>
        Verdict(new SeenFact(Web, "1.0.0"), new SeenFact(Openssl, null, "the host has neither dpkg nor rpm")).ShouldBeOfType<StepOutcome.Inconclusive>()
            .Reason.ShouldBe("On web-1 package openssl could not be read: the host has neither dpkg nor rpm.");

    [Fact]
    public void What_the_owner_ignores_is_in_nobody_s_way()
    {
        Verdict(new SeenFact(Sshd, "inactive"));
        _known[0].Ignore(Given.Now.AddDays(1), "Being moved", Given.Dora, Given.Now).Error.ShouldBeNull();

        Verdict(new SeenFact(Sshd, "inactive")).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldHaveSingleItem().Value.ShouldBe("inactive instead of active, ignored for now");
    }

    [Fact]
    public void A_version_that_somebody_reported_halts_a_run_that_moves_the_component_and_no_other()
    {
        Verdict(new SeenFact(Web, "1.0.0-hotfix"));

        Verdict(["web"]).ShouldBeOfType<StepOutcome.Failed>().Evidence.ShouldContain(evidence => evidence.Value == "1.0.0-hotfix instead of 1.0.0, seen by DEP-2026-000001/R1");
        Verdict(["api"]).ShouldBeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public void A_target_where_another_version_was_seen_is_not_left_unchanged()
    {
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets), targets, (_, _) => StepOutcome.Succeeded.Plain) { UpToDate = targets };
        simulation.Run.FoundDrift([targets[1].Id]);
        simulation.Work();

        simulation.Run.ResultOf(targets[0].Id).ShouldBe(TargetResult.Unchanged);
        simulation.Run.ResultOf(targets[1].Id).ShouldBe(TargetResult.Verified);
    }

    [Fact]
    public void Where_only_people_look_a_check_is_not_applicable_and_no_pass()
    {
        var targets = Given.Targets(1);
        var outcome = Verdict(["api"]);
        PeopleOnly.Is(outcome).ShouldBeTrue();
        PeopleOnly.Is(Verdict(new SeenFact(Web, "1.0.0"))).ShouldBeFalse();

        var simulation = new Simulation(Given.Run(targets), targets, (targetRun, _) => targetRun.Stage is Stage.VerifyEnvironment ? outcome : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        var findings = Findings.Of(simulation.Run);
        findings.Where(finding => finding.Stage is Stage.VerifyEnvironment && finding.Subject == "web-1").ShouldAllBe(finding => finding.Verdict == Domain.Runs.Verifying.Verdict.NotApplicable);
        findings.ShouldContain(finding => finding.Verdict == Domain.Runs.Verifying.Verdict.Pass);
    }

    [Fact]
    public void A_rollback_returns_to_what_was_observed_and_accepted()
    {
        var targets = Given.Targets(2);
        var hotfix = Given.Old with { VersionId = ComponentVersionId.New(), Label = "1.0.0-hotfix" };
        var simulation = new Simulation(Given.Run(targets), targets, (targetRun, step) => targetRun.Stage is Stage.Execute && !targetRun.Steps.Any(other => other.HasFailed) && step.Name == "Switch" && targetRun.Phase == 1
            ? new StepOutcome.Failed("It does not start.") : StepOutcome.Succeeded.Plain);
        simulation.WorkUntil(run => run.Baselines is not null);

        simulation.Run.AcceptBaseline(new Baseline(targets[0].Id, Given.New.ComponentId, hotfix), Given.Dora, simulation.Now).ShouldBeTrue();
        simulation.Run.AcceptBaseline(new Baseline(targets[0].Id, ComponentId.New(), hotfix), Given.Dora, simulation.Now).ShouldBeFalse("the run does not move it");
        simulation.Work();
        simulation.Run.AcceptBaseline(new Baseline(targets[1].Id, Given.New.ComponentId, hotfix), Given.Dora, simulation.Now).ShouldBeFalse("the run has touched it");
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        simulation.Observations.Where(seen => seen.TargetId == targets[0].Id).ShouldContain(new Observation(targets[0].Id, Given.New.ComponentId, hotfix.VersionId));
        simulation.Observations.Where(seen => seen.TargetId == targets[1].Id).ShouldContain(new Observation(targets[1].Id, Given.New.ComponentId, Given.Old.VersionId));
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_look_that_comes_too_late_is_awaited_by_nobody()
    {
        var targets = Given.Targets(1);
        var run = Given.Run(targets);
        new Simulation(run, targets, (_, _) => null).Advance();
        var claimed = run.Claim("w1", 1, Given.Lease, Given.Now).ShouldHaveSingleItem();

        run.Awaits(claimed.Id, claimed.Fence, 1).ShouldBeTrue();
        run.Awaits(claimed.Id, claimed.Fence - 1, 1).ShouldBeFalse();
        run.Awaits(claimed.Id, claimed.Fence, 2).ShouldBeFalse();
    }

    private StepOutcome Verdict(params SeenFact[] seen) => Verdict(["web"], seen);

    private StepOutcome Verdict(string[] components, params SeenFact[] seen)
    {
        var desired = new Dictionary<string, DesiredVersion> { ["web"] = new("1.0.0", "DEP-2026-000001/R1", Given.Now.AddDays(-1)) };
        var look = new DriftLook(_baseline, _known.Where(item => item.IsOpen), desired, "DEP-2026-000001/R1", Given.Now).See(seen);
        _known.AddRange(look.Found);
        return DriftVerdict.Of(look, components, "web-1", new StepOutcome.Observed(seen));
    }
}
