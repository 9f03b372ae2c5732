using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>What trust policies demand is part of every run that they bind, and of what its plan's approval binds to.</summary>
public sealed class MeetingTrustPolicies
{
    private static readonly DateTimeOffset Until = Given.Now.AddDays(30);
    private static readonly CheckSignature Signed = new("${component.key}-${version.label}.minisig", Keys: ["release"]);
    private static readonly CheckProvenance Built = new("{path}.intoto.jsonl", ["https://ci.acme.example/builder"], Keys: ["release"]);

    [Fact]
    public void Their_demands_are_added_after_what_the_model_asks_each_by_the_name_of_its_policy()
    {
        var model = Given.Model() with { VerifyComponents = [new("Own", Signed) { IfItFails = IfItFails.GoOn }] };
        var steps = Expanded(model, Given.Targets(1), Policy("a", new(Signed, Built)), Policy("b", new(Provenance: Built))).TargetRuns[0].Steps;

        steps.Select(step => (step.Number, step.Name)).ShouldBe([(1, "Own"), (2, "Trust policy a v1: signature"), (3, "Trust policy a v1: provenance"), (4, "Trust policy b v1: provenance")]);
        ((CheckSignature)steps[1].Settings).Signature.ShouldBe("web-1.1.0.minisig");
        steps.Skip(1).ShouldAllBe(step => step.When == null && step.IfItFails == IfItFails.Halt && step.Runs == StepRuns.OnSuccess && step.VersionId == Given.New.VersionId);
        steps.Select(step => step.Policy?.Until).ShouldBe([null, Until, null, Until]);
    }

    [Fact]
    public void Their_newest_version_counts_where_it_binds()
    {
        var policy = Policy("a", new(Signed));
        policy.Publish(new() { Tiers = [Tier.Production], Kinds = [ComponentKind.Software] }, new(Signed, Built), Until, "More", Given.Paul, Given.Now).Error.ShouldBeNull();
        var (web, rack) = (Given.Plan.Versions[0], Given.Plan.Versions[0] with { ComponentId = ComponentId.New(), Component = "rack", Kind = ComponentKind.Hardware });
        var inForce = new PoliciesInForce([policy], new Dictionary<ComponentId, string> { [web.ComponentId] = "shop", [rack.ComponentId] = "shop" });

        inForce.On(web, Tier.Production).ShouldBe([policy]);
        inForce.On(web, Tier.Staging).ShouldBeEmpty();
        inForce.On(rack, Tier.Production).ShouldBeEmpty();
        inForce.On(Given.Plan with { Versions = [rack, web] }).ShouldBe([policy]);
    }

    [Fact]
    public void Each_component_of_a_plan_meets_the_policies_of_its_own_service()
    {
        var (web, pay) = (Given.Plan.Versions[0], Given.Plan.Versions[0] with { ComponentId = ComponentId.New() });
        var policy = TrustPolicy.Register("pay", "Pay", new() { Services = ["payment"] }, new(Signed), Until, "Decided", Given.Dora, Given.Now).Value;
        var inForce = new PoliciesInForce([policy], new Dictionary<ComponentId, string> { [web.ComponentId] = "shop", [pay.ComponentId] = "payment" });

        (inForce.On(web, Tier.Production).Count, inForce.On(pay, Tier.Production).Count).ShouldBe((0, 1));
    }

    [Fact]
    public void After_its_end_what_is_met_fails_as_a_rule_and_what_is_not_fails_as_it_did()
    {
        var mark = new TrustPolicyMark("signed", 2, "Adam", Until);
        StepOutcome met = new StepOutcome.Succeeded([new Evidence("web", "signed")]), forged = new StepOutcome.Failed("No", HaltCause.SignatureInvalid);

        mark.Judge(met, Until.AddTicks(-1)).ShouldBe(met);
        mark.Judge(forged, Until).ShouldBe(forged);
        (mark with { Until = null }).Judge(met, Until).ShouldBe(met);
        var failed = mark.Judge(met, Until).ShouldBeOfType<StepOutcome.Failed>();
        (failed.Cause, failed.Evidence.Count).ShouldBe((HaltCause.PolicyViolation, 1));
        failed.Reason.ShouldBe("What it demands is met, but the trust policy signed v2 expired on 2026-12-23, and an expired policy does not relax: an administrator has to renew it (Adam wrote it). Then start another run, or let an approver accept this with a waiver.");
    }

    [Fact]
    public void A_run_halts_on_an_expired_policy_and_only_its_end_can_be_waived()
    {
        var targets = Given.Targets(1);
        var expansion = Expanded(Given.Model(), targets, Policy("signed", new(Signed, Built)));
        var run = Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
        var simulation = new Simulation(run, targets, (_, step) => step.Settings is CheckProvenance ? new StepOutcome.Failed("Nobody trusted signed it.", HaltCause.SignatureInvalid) : StepOutcome.Succeeded.Plain) { Now = Until };

        simulation.Work();
        run.OpenHalt!.Cause.ShouldBe(HaltCause.PolicyViolation);
        run.OpenHalt.Sentence.ShouldStartWith("“Trust policy signed v1: signature” failed on web 1.1.0: What it demands is met, but the trust policy signed v1 expired");

        run.AcceptWithWaiver(Given.Waiving(Until)).Error.ShouldBeNull();
        simulation.Work();
        (run.OpenHalt!.Cause, run.MayBeWaived).ShouldBe((HaltCause.SignatureInvalid, false));
    }

    public static TheoryData<StepOutcome, bool> Ends => new()
    {
        { new StepOutcome.Failed("Another workflow built it.", HaltCause.PolicyViolation), true },
        { new StepOutcome.Failed("The artefact is not there.", HaltCause.ComponentMissing), false },
        { new StepOutcome.Failed("Something went wrong."), false },
        { new StepOutcome.Inconclusive("The store does not answer."), false },
        { new StepOutcome.TimedOut("It took too long."), false },
    };

    [Theory, MemberData(nameof(Ends))]
    public void Where_nobody_knows_whether_a_demand_is_met_nothing_is_waived(StepOutcome outcome, bool mayBeWaived)
    {
        var targets = Given.Targets(1);
        var expansion = Expanded(Given.Model(), targets, Policy("signed", new(Signed)));
        var run = Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
        var simulation = new Simulation(run, targets, (_, step) => step.Policy is null ? StepOutcome.Succeeded.Plain : outcome).Work();

        run.MayBeWaived.ShouldBe(mayBeWaived);
        run.AcceptWithWaiver(Given.Waiving(simulation.Now)).Error.ShouldBe(mayBeWaived ? null : RunErrors.DemandNotWaivable("Trust policy signed v1: signature"));
    }

    [Fact]
    public void A_dry_verification_asks_the_same()
    {
        var deployment = Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Title", "", Given.Plan with { IsLive = false }, null, Given.Dora, Given.Now);
        var expansion = Expanded(Given.Model() with { VerifyComponents = [] }, Given.Targets(1), Policy("signed", new(Signed)));
        var verification = DryVerification.Ask(deployment, isLive: false, modelMayStart: true, 1, [Stage.VerifyComponents], expansion, NCalcConditions.Instance, Given.Dora, Until).Value;

        var look = verification.Looks.ShouldHaveSingleItem();
        look.Record(look.Take("here", Given.Lease, Until), StepOutcome.Succeeded.Plain, Given.Lease, Until).ShouldBeTrue();
        var finding = Findings.Of(verification).ShouldHaveSingleItem();
        (finding.Check, finding.Verdict, finding.Policy!.Version).ShouldBe(("Trust policy signed v1: signature", Verdict.Fail, 1));
        finding.Expectation.ShouldBe("Makes sure that release signed every artefact (“web-1.1.0.minisig”).");
        finding.Found!.ShouldContain("expired on 2026-12-23");
    }

    [Fact]
    public void An_approval_counts_only_for_what_is_demanded_when_the_run_starts()
    {
        var policy = Policy("signed", new(Signed));
        var plan = Given.Plan with { Policies = [PlannedPolicy.Of(policy)] };
        plan.Digest.ShouldNotBe(Given.Plan.Digest);

        GateOf(plan, policy).ShouldBe((true, "The plan carries what signed v1 demands."));
        GateOf(Given.Plan, policy).ShouldBe((false, "The trust policy signed v1 binds this plan, and it was made without it. Edit the plan and save it, so that it is approved as it will be verified."));
        GateOf(plan).Sentence.ShouldStartWith("The trust policy signed v1, with which this plan was made, binds it no more.");

        policy.Publish(new(), new(Signed), Until.AddDays(300), "Renewed", Given.Dora, Given.Now).Error.ShouldBeNull();
        GateOf(plan, policy).ShouldBe((true, "The plan carries what signed v2 demands."));
        (plan with { Policies = [PlannedPolicy.Of(policy)] }).Digest.ShouldBe(plan.Digest);

        policy.Publish(new(), new(Signed, Built), Until, "More", Given.Dora, Given.Now).Error.ShouldBeNull();
        GateOf(plan, policy).Sentence.ShouldStartWith("The trust policy signed is v3 now and demands something else than v1, with which this plan was made.");
    }

    [Fact]
    public void A_gate_tells_of_an_end_and_leaves_the_verdict_to_the_run()
    {
        var policy = Policy("signed", new(Signed));
        var (isOpen, sentence) = GateOf(Given.Plan with { Policies = [PlannedPolicy.Of(policy)] }, Until, policy);

        (isOpen, sentence).ShouldBe((true, "The plan carries what signed v1 demands. But the trust policy signed v1 expired on 2026-12-23, and an expired policy does not relax: an administrator has to renew it (Dora wrote it)."));
    }

    private static TrustPolicy Policy(string key, TrustDemands demands) => TrustPolicy.Register(key, key, new(), demands, Until, "Decided", Given.Dora, Given.Now).Value;

    private static Expansion Expanded(ModelContent model, IReadOnlyList<RunTarget> targets, params TrustPolicy[] policies)
    {
        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], targets)
        {
            TrustPolicies = new Dictionary<ComponentVersionId, IReadOnlyList<TrustPolicy>> { [Given.New.VersionId!.Value] = policies },
        };
        expansion.Expand().Error.ShouldBeNull();
        return expansion;
    }

    private static (bool IsOpen, string Sentence) GateOf(Plan plan, params TrustPolicy[] now) => GateOf(plan, Given.Now, now);

    private static (bool IsOpen, string Sentence) GateOf(Plan plan, DateTimeOffset at, params TrustPolicy[] now)
    {
        var deployment = Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "Title", "", plan, null, Given.Dora, Given.Now);
        var gate = StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, plan.ModelDigest), [], [], []) { Policies = now }, at).Single(gate => gate.Kind is GateKind.TrustPolicies);
        return (gate.IsOpen, gate.Sentence);
    }
}
