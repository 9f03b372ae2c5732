using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Comparing;

namespace DeployHub.UnitTests.Runs;

/// <summary>What a run changed on a target, by what was seen before Execute and afterwards.</summary>
public sealed class ComparingBeforeAndAfter
{
    private static readonly IReadOnlyList<RunTarget> Targets = Given.Targets(1);
    private static readonly WatchedFact OpenSsl = new(FactKind.Package, "openssl");
    private static readonly WatchedFact Web = new(FactKind.Component, "web", "current");

    [Fact]
    public void A_version_that_the_plan_brings_and_that_was_read_back_changed_as_planned()
    {
        var run = Ran();

        Of(run).ShouldHaveSingleItem().ShouldBe(new Change("web-1", "component web", "1.0.0", "1.1.0", "1.1.0", ChangeVerdict.ChangedAsPlanned, "The plan brings it. Before by the record, nobody looked."));
    }

    [Fact]
    public void A_version_that_nothing_read_back_was_not_observed_whatever_Execute_says()
    {
        var change = Of(Ran(Given.Model() with { VerifyDeployment = [new("Ask", new CheckHttp("http://web/"))] })).ShouldHaveSingleItem();

        (change.Before, change.After, change.Verdict).ShouldBe(("1.0.0", null, ChangeVerdict.NotObserved));
        change.Why!.ShouldStartWith("Execute worked on it, and nothing read the version back");
        change.Why.ShouldContain("check-file where a file on the target is the artefact");
    }

    /// <summary>A target without an address shows by its own bytes what lies there.</summary>
    [Fact]
    public void A_file_on_the_target_that_is_the_artefact_reads_its_version_back()
    {
        Change Compared(StepOutcome outcome) => Of(Ran(
            Given.Model() with { VerifyDeployment = [new("Compare it there", new CheckFile("package"))] }, step => step.Settings is CheckFile ? outcome : StepOutcome.Succeeded.Plain)).ShouldHaveSingleItem();

        Compared(StepOutcome.Succeeded.Plain).ShouldSatisfyAllConditions(change => change.After.ShouldBe("1.1.0"), change => change.Verdict.ShouldBe(ChangeVerdict.ChangedAsPlanned));
        Compared(new StepOutcome.Failed("Another file.", HaltCause.VersionMismatchAfter)).After.ShouldBeNull("what other version it is the bytes do not say");
    }

    [Fact]
    public void Another_version_than_the_planned_one_is_unexpected_and_the_old_one_is_unchanged_where_somebody_looked_before()
    {
        Run Answers(string version) => Ran(world: step => step.Settings is CheckVersion ? new StepOutcome.Failed("No.", HaltCause.VersionMismatchAfter) { Evidence = [new Evidence(CheckVersion.Seen, version)] } : StepOutcome.Succeeded.Plain);

        Of(Answers("1.2.0")).ShouldHaveSingleItem().ShouldBe(new Change("web-1", "component web", "1.0.0", "1.2.0", "1.1.0", ChangeVerdict.ChangedUnexpectedly, "The plan brings 1.1.0. Before by the record, nobody looked."));
        Of(Answers("1.0.0")).ShouldHaveSingleItem().ShouldBe(new Change("web-1", "component web", "1.0.0", "1.0.0", "1.1.0", ChangeVerdict.NotObserved, "The plan brings 1.1.0. Before by the record, nobody looked."));
        Of(Answers("1.0.0"), Seen(SnapshotMoment.Baseline, Web, "1.0.0")).ShouldHaveSingleItem().ShouldBe(new Change("web-1", "component web", "1.0.0", "1.0.0", "1.1.0", ChangeVerdict.Unchanged, "The plan brings 1.1.0."));
    }

    [Theory]
    [InlineData("3.0.7", "3.0.7", ChangeVerdict.Unchanged, null)]
    [InlineData("3.0.7", "3.0.8", ChangeVerdict.ChangedUnexpectedly, "Nobody planned it.")]
    [InlineData(null, "3.0.8", ChangeVerdict.NotObserved, "Before Execute it could not be read: no dpkg.")]
    [InlineData("3.0.7", null, ChangeVerdict.NotObserved, "Afterwards it could not be read: no dpkg.")]
    public void Anything_else_that_differs_nobody_planned(string? before, string? after, ChangeVerdict verdict, string? why)
    {
        var change = Of(Ran(), Seen(SnapshotMoment.Baseline, OpenSsl, before), Seen(SnapshotMoment.AfterDeployment, OpenSsl, after))[^1];

        (change.Item, change.Before, change.After, change.Verdict, change.Why).ShouldBe(("package openssl", before, after, verdict, why));
    }

    [Fact]
    public void What_nobody_looked_at_before_or_again_was_not_observed()
    {
        Of(Ran(), Seen(SnapshotMoment.Baseline, OpenSsl, "3"))[^1].ShouldSatisfyAllConditions(change => change.Verdict.ShouldBe(ChangeVerdict.NotObserved), change => change.Why.ShouldBe("Nobody looked again after Execute."));
        Of(Ran(), Seen(SnapshotMoment.AfterDeployment, OpenSsl, "3"))[^1].ShouldSatisfyAllConditions(change => change.Verdict.ShouldBe(ChangeVerdict.NotObserved), change => change.Why.ShouldBe("It was not looked at before Execute."));
    }

    [Fact]
    public void What_was_seen_of_a_component_counts_more_than_what_was_recorded_and_is_told_once()
    {
        var change = Of(Ran(), Seen(SnapshotMoment.Baseline, Web, "1.0.0-hotfix"), Seen(SnapshotMoment.AfterDeployment, Web, "1.1.0")).ShouldHaveSingleItem();

        (change.Before, change.After, change.Verdict).ShouldBe(("1.0.0-hotfix", "1.1.0", ChangeVerdict.ChangedAsPlanned));
    }

    [Fact]
    public void A_look_before_that_failed_leaves_nothing_to_compare_with()
    {
        var change = Of(Ran(), Seen(SnapshotMoment.Baseline, Web, null), Seen(SnapshotMoment.AfterDeployment, Web, "1.1.0")).ShouldHaveSingleItem();

        (change.Before, change.After, change.Verdict, change.Why).ShouldBe((null, "1.1.0", ChangeVerdict.NotObserved, "Before Execute it could not be read: no dpkg."));
    }

    [Fact]
    public void A_wrong_version_of_what_is_moved_is_never_tolerated()
    {
        var run = Ran(Given.Model() with { VerifyDeployment = [.. Given.Model().VerifyDeployment, new("Nothing else", new CheckChanges([Web], ["component web"]))] });

        Of(run, Seen(SnapshotMoment.Baseline, Web, "1.0.0"), Seen(SnapshotMoment.AfterDeployment, Web, "1.2.0")).ShouldHaveSingleItem().IsUnexpected.ShouldBeTrue();
    }

    [Fact]
    public void What_the_model_tolerates_is_told_and_is_not_unexpected()
    {
        var run = Ran(Given.Model() with { VerifyDeployment = [.. Given.Model().VerifyDeployment, new("Nothing else", new CheckChanges([OpenSsl], ["package openssl"]))] });
        var changes = Of(run, Seen(SnapshotMoment.Baseline, OpenSsl, "3"), Seen(SnapshotMoment.AfterDeployment, OpenSsl, "4"));

        (changes[^1].Verdict, changes[^1].IsTolerated, changes[^1].IsUnexpected).ShouldBe((ChangeVerdict.ChangedUnexpectedly, true, false));
        ChangeCount.Of(changes).ShouldBe(new ChangeCount(0, 1, 0, 1, 0));
        ChangesOutcome.Of("web-1", changes).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldContain(new Evidence("package openssl", "3, then 4, tolerated"));
    }

    [Fact]
    public void Once_a_target_was_led_back_everything_has_to_be_as_it_was()
    {
        var simulation = Simulate(Given.Model(), step => step.Name == "Switch" && step.VersionId == Given.New.VersionId ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain);
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);

        var changes = Of(simulation.Run, Seen(SnapshotMoment.Baseline, OpenSsl, "3"), Seen(SnapshotMoment.AfterDeployment, OpenSsl, "5"), Seen(SnapshotMoment.AfterRollback, OpenSsl, "4"));

        changes.ShouldBe(
        [
            new Change("web-1", "component web", "1.0.0", "1.0.0", "1.0.0", ChangeVerdict.NotObserved, "Before by the record, nobody looked."),
            new Change("web-1", "package openssl", "3", "4", "3", ChangeVerdict.ChangedUnexpectedly, "The rollback did not bring it back."),
        ]);
    }

    [Fact]
    public void A_check_fails_by_everything_unexpected_at_once_and_cannot_tell_what_was_not_observed()
    {
        Change Changed(string item, string? after, ChangeVerdict verdict) => new("web-1", item, "a", after, null, verdict, "It says why.");

        var failed = ChangesOutcome.Of("web-1", [Changed("file x", "b", ChangeVerdict.ChangedUnexpectedly), Changed("file y", "c", ChangeVerdict.ChangedUnexpectedly), Changed("file z", null, ChangeVerdict.NotObserved)]).ShouldBeOfType<StepOutcome.Failed>();
        (failed.Cause, failed.Reason).ShouldBe((HaltCause.UnexpectedChange, "On web-1 file x and file y changed. The plan does not bring that: put it right, or let the model tolerate it."));
        failed.Evidence.ShouldContain(new Evidence("file x", "a, then b, unexpected"));
        ChangesOutcome.Of("web-1", [Changed("file z", null, ChangeVerdict.NotObserved)]).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldBe("Nobody can tell what changed on web-1. file z: It says why.");
        ChangesOutcome.Of("web-1", [Changed("file x", "a", ChangeVerdict.Unchanged)]).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldBe([new Evidence("Unchanged", "1 of 1")]);
        ChangesOutcome.OfBaseline("web-1", [new SeenFact(OpenSsl, null, "no dpkg")]).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldBe("On web-1 package openssl could not be read: no dpkg.");
        ChangesOutcome.OfBaseline("web-1", [new SeenFact(OpenSsl, "3")]).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldBe([new Evidence("package openssl", "3")]);
    }

    [Fact]
    public void A_look_that_is_repeated_replaces_what_it_saw_and_its_digest_follows()
    {
        var snapshot = Seen(SnapshotMoment.Baseline, OpenSsl, "3");
        var digest = snapshot.Digest;
        snapshot.See([new SeenFact(Web, "1.0.0")], Given.Now);
        snapshot.See([new SeenFact(OpenSsl, "4")], Given.Now.AddMinutes(1));

        snapshot.Facts.Select(seen => (seen.Fact.Subject, seen.Value)).ShouldBe([("component web", "1.0.0"), ("package openssl", "4")]);
        (snapshot.Digest == digest, snapshot.TakenAt).ShouldBe((false, Given.Now.AddMinutes(1)));
    }

    private static IReadOnlyList<Change> Of(Run run, params TargetSnapshot[] snapshots) => BeforeAndAfter.Of(run, snapshots);

    private static TargetSnapshot Seen(SnapshotMoment moment, WatchedFact fact, string? value)
    {
        var snapshot = TargetSnapshot.Of(RunId.New(), Targets[0].Id, moment);
        snapshot.See([new SeenFact(fact, value, value is null ? "no dpkg" : null)], Given.Now);
        return snapshot;
    }

    private static Run Ran(ModelContent? model = null, Func<StepRun, StepOutcome>? world = null) => Simulate(model ?? Given.Model(), world ?? (_ => StepOutcome.Succeeded.Plain)).Run;

    private static Simulation Simulate(ModelContent model, Func<StepRun, StepOutcome> world) => new Simulation(Given.Run(Targets, model), Targets, (_, step) => world(step), model: model).Work();
}
