using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What a deployment starts after (domain §2.4.2, dependencies).</summary>
public sealed class StartingAfterOthers
{
    private static readonly Plan Plan = Given.Plan;
    private static readonly Predecessor First = new(DeploymentId.New(), "DEP-2026-000001");
    private static readonly Predecessor Second = new(DeploymentId.New(), "DEP-2026-000002", PredecessorEnd.AnyEnd);

    [Theory]
    [InlineData(DeploymentStatus.InProgress, null, PredecessorEnd.Success, false)]
    [InlineData(DeploymentStatus.Completed, Outcome.Succeeded, PredecessorEnd.Success, true)]
    [InlineData(DeploymentStatus.Closed, Outcome.SucceededAfterIntervention, PredecessorEnd.Success, true)]
    [InlineData(DeploymentStatus.Completed, Outcome.PartiallyDeployed, PredecessorEnd.Success, false)]
    [InlineData(DeploymentStatus.Completed, Outcome.RolledBack, PredecessorEnd.AnyEnd, true)]
    [InlineData(DeploymentStatus.Cancelled, null, PredecessorEnd.AnyEnd, true)]
    [InlineData(DeploymentStatus.Halted, null, PredecessorEnd.AnyEnd, false)]
    public void It_waits_for_success_or_for_any_end(DeploymentStatus status, Outcome? outcome, PredecessorEnd until, bool isOpen) =>
        Gate(new PredecessorStanding(First.Number, status, outcome, until))!.IsOpen.ShouldBe(isOpen);

    [Theory]
    [InlineData(DeploymentStatus.Cancelled, null, "plan it anew")]
    [InlineData(DeploymentStatus.Expired, null, "plan it anew")]
    [InlineData(DeploymentStatus.Completed, Outcome.Failed, "name the deployment that repairs it")]
    public void What_will_not_succeed_any_more_says_what_to_do(DeploymentStatus status, Outcome? outcome, string advice)
    {
        var lost = new PredecessorStanding(First.Number, status, outcome, PredecessorEnd.Success);

        lost.IsInVain.ShouldBeTrue();
        Gate(lost)!.Sentence.ShouldContain(advice);
    }

    [Fact]
    public void One_that_starts_after_no_other_has_no_such_gate() => Gate().ShouldBeNull();

    [Fact]
    public void What_started_does_not_wait_any_more()
    {
        var deployment = Deployment.Create("DEP-2026-000009", default, default, default, "", "", Plan with { IsLive = false }, null, Given.Paul, Given.Now);
        deployment.Submit([], Given.Paul, Given.Now);
        deployment.StartRun([], Given.Paul, Given.Now).Error.ShouldBeNull();

        GatesOf(deployment, new PredecessorStanding(First.Number, DeploymentStatus.Cancelled, null, PredecessorEnd.Success)).ShouldNotContain(gate => gate.Kind == GateKind.Dependencies);
    }

    [Fact]
    public void A_plan_that_starts_after_none_keeps_the_digest_that_it_had() => (Plan with { After = [], Start = StartMode.ByPeople, TakesEveryTarget = true }).Digest.ShouldBe(Plan.Digest);

    [Fact]
    public void Waiting_for_one_more_narrows_and_for_one_less_does_not()
    {
        var (one, two) = (Plan with { After = [First] }, Plan with { After = [First, Second] });

        one.Digest.ShouldNotBe(Plan.Digest);
        two.Narrows(one).ShouldBeTrue();
        one.Narrows(two).ShouldBeFalse();
        (Plan with { After = [First with { Until = PredecessorEnd.AnyEnd }, Second] }).Narrows(one).ShouldBeFalse();
        (two with { Reason = ReasonCode.Security }).Narrows(one).ShouldBeFalse();
    }

    [Fact]
    public void A_circle_is_told_from_its_beginning_to_its_end()
    {
        var graph = new RelationGraph(new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["B", "D"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = [] });

        graph.CircleThrough("A").ShouldBe(["A", "B", "C", "A"]);
        graph.CircleThrough("D").ShouldBeEmpty();
        RelationErrors.Circle(graph.CircleThrough("A")).Message.ShouldContain("A starts after B starts after C starts after A");
    }

    [Fact]
    public void One_that_starts_after_itself_is_a_circle() =>
        new RelationGraph(new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["A"] }).CircleThrough("A").ShouldBe(["A", "A"]);

    [Fact]
    public void Those_it_follows_can_be_looked_up() =>
        Deployment.Create("DEP-2026-000009", default, default, default, "", "", Plan with { After = [First] }, null, Given.Paul, Given.Now).Follows.ShouldBe([First.Id.Value]);

    private static Gate? Gate(params PredecessorStanding[] predecessors) =>
        GatesOf(Deployment.Create("DEP-2026-000009", default, default, default, "", "", Plan, null, Given.Paul, Given.Now), predecessors).SingleOrDefault(gate => gate.Kind is GateKind.Dependencies);

    private static IReadOnlyList<Gate> GatesOf(Deployment deployment, params PredecessorStanding[] predecessors) =>
        StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, Plan.ModelDigest), [], [], []) { Predecessors = predecessors }, Given.Now);
}
