using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Runs;
using static DeployHub.UnitTests.Models.Analysis.Told;

namespace DeployHub.UnitTests.Models.Analysis;

/// <summary>What an analysis shows beside its signals.</summary>
public sealed class CountingRecords
{
    [Fact]
    public void Halts_are_piled_by_step_and_cause_the_highest_first()
    {
        var runs = Facts(Planned(3, (place, deployment) => deployment.Ran([Halt(), .. place == 1 ? [Halt("Reach it", HaltCause.TargetUnreachable, Stage.VerifyEnvironment)] : Array.Empty<HaltFact>()]))).Runs;

        HaltPile.From(runs).Select(pile => (pile.Step, pile.Count, pile.UpToHere, pile.All)).ShouldBe([("Smoke test", 3, 3, 4), ("Reach it", 1, 4, 4)]);
        var failures = StageFailures.From(runs);
        failures.Select(stage => (stage.Stage, stage.Halts, stage.Runs, stage.Of)).ShouldBe(
            [(Stage.VerifyComponents, 0, 0, 3), (Stage.VerifyEnvironment, 1, 1, 3), (Stage.Execute, 3, 3, 3), (Stage.VerifyDeployment, 0, 0, 3)]);
        StageFailures.Sentence(failures).ShouldBe("1 of 4 halts came before anything was touched, where it is cheap; 3 in Execute or after it.");
        StageFailures.Sentence(StageFailures.From([])).ShouldBeNull();
    }

    [Fact]
    public void Adaptations_say_their_values_the_most_frequent_first()
    {
        string[] values = ["20m", "30m", "20m"];
        var facts = Facts(Planned(3, (place, deployment) => deployment with { Adaptations = new Dictionary<string, string> { ["soak"] = values[place - 1] } })) with { Defaults = new Dictionary<string, string> { ["soak"] = "10m" } };

        Adaptation.From(facts).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            soak => (soak.Parameter, soak.Default, soak.Plans, soak.Of).ShouldBe(("soak", "10m", 3, 3)), soak => soak.Values.ShouldBe([new AdaptedValue("20m", 2), new AdaptedValue("30m", 1)]));
    }

    [Fact]
    public void A_change_is_called_one_only_where_the_intervals_are_apart()
    {
        Comparison.InWords(new Proportion(40, 46), new Proportion(19, 20)).ShouldBe("no clear change");
        Comparison.InWords(new Proportion(95, 100), new Proportion(20, 46)).ShouldBe("higher");
        Comparison.InWords(new Proportion(20, 46), new Proportion(95, 100)).ShouldBe("lower");
        Comparison.InWords(new Proportion(4, 4), new Proportion(0, 100)).ShouldBe("too few to compare");
        Comparison.InWords(Minutes(1, 20), Minutes(101, 20)).ShouldBe("shorter");
        Comparison.InWords(Minutes(101, 20), Minutes(1, 20)).ShouldBe("longer");
        Comparison.InWords(Minutes(1, 20), Minutes(5, 20)).ShouldBe("no clear change");
        Comparison.InWords(Minutes(1, 4), Minutes(101, 20)).ShouldBe("too few to compare");
    }

    [Theory]
    [InlineData(5, 1, 10, true)]
    [InlineData(4, 0, 10, false)]
    [InlineData(9, 2, 19, false)]
    public void Standard_use_takes_five_successes_and_few_change_failures(int successes, int failed, int of, bool met) => StandardUse.Of(successes, new Proportion(failed, of)).IsMet.ShouldBe(met);

    [Fact]
    public void Standard_use_says_its_figures() => StandardUse.Of(12, new Proportion(1, 20)).Sentence.ShouldBe(
        "Could be standard: 12 live deployments under normal change succeeded in 180 days, and 5 are needed; change failures: 5 % (1 of 20; 95 % interval 1 to 24 %), and at most 10 % are allowed.");

    [Fact]
    public void What_never_says_no_is_hinted_at()
    {
        var habits = ApprovalHabit.Of(Planned(50, (_, deployment) => deployment.Decided(ApproverQuality.Peer, TimeSpan.FromHours(1))));

        Reconsiderations.Of(Looks("Scan it", 200), [], habits).Select(hint => hint.Sentence.Split(':')[0]).ShouldBe(["“Scan it” passed 200 times in a row", "The approval by peer was never refused in 50 decisions"]);
        Reconsiderations.Of(Looks("Scan it", 199), [], ApprovalHabit.Of(Planned(49, (_, deployment) => deployment.Decided(ApproverQuality.Peer, null)))).ShouldBeEmpty();
        Reconsiderations.Of(Looks("Install", 500, isCheck: false), [], []).ShouldBeEmpty();
    }

    [Fact]
    public void A_halt_begins_the_row_of_a_check_anew()
    {
        var halted = Facts(Planned(1, (_, deployment) => deployment.Ran(Halt("Scan it")))).Runs;
        Reconsiderations.Of(Looks("Scan it", 250), halted, []).ShouldBeEmpty("it halted after these looks");
        Reconsiderations.Of(Looks("Scan it", 200, at: Now), halted, []).Count.ShouldBe(1);
    }

    [Fact]
    public void Steps_are_timed_by_stage_and_name()
    {
        var run = Guid.NewGuid();
        var steps = TimedStep.From(Enumerable.Range(1, 100).Select(second => new StepLook(run, Now, Stage.Execute, "Install", false, TimeSpan.FromSeconds(second))));

        var step = steps.ShouldHaveSingleItem();
        (step.Runs, step.Looks, step.P50.TotalSeconds).ShouldBe((1, 100, 50.5d));
        step.InWords.ShouldBe("usually 50 s, 85 % within 1 min 25 s");
        TimedStep.From([new StepLook(run, Now, Stage.Execute, "Install", false, TimeSpan.FromSeconds(3))])[0].InWords.ShouldBe("usually 3 s");
    }

    private static IEnumerable<StepLook> Looks(string step, int number, bool isCheck = true, DateTimeOffset? at = null) =>
        Enumerable.Range(0, number).Select(_ => new StepLook(Guid.NewGuid(), at ?? Now.AddDays(-1), Stage.VerifyComponents, step, isCheck, TimeSpan.FromSeconds(1)));

    private static Timings Minutes(int first, int number) => Timings.Of(Enumerable.Range(first, number).Select(minute => TimeSpan.FromMinutes(minute)));
}
