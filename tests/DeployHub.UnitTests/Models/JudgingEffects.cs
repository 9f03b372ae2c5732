using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Measuring;

namespace DeployHub.UnitTests.Models;

/// <summary>What the figures say of an improvement (domain MR-6, MR-7).</summary>
public sealed class JudgingEffects
{
    private static readonly DateTimeOffset From = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), To = From.AddDays(90);

    [Theory]
    [InlineData(20, 46, 95, 100, EffectVerdict.Effective, "The intervals do not overlap: the success rate is clearly higher.")]
    [InlineData(95, 100, 20, 46, EffectVerdict.Worse, "The intervals do not overlap: the success rate is clearly lower.")]
    [InlineData(40, 46, 19, 20, EffectVerdict.NoEffect, "The intervals overlap: no clear change.")]
    [InlineData(0, 4, 100, 100, EffectVerdict.NoEffect, "Fewer than five deployments stand behind one of the two: no clear change.")]
    public void Rates_show_a_change_only_where_their_intervals_do_not_overlap(int before, int ofBefore, int after, int ofAfter, EffectVerdict suggested, string told)
    {
        var effect = new Effect(Rate(ImprovementMetric.SuccessRate, before, ofBefore), Rate(ImprovementMetric.SuccessRate, after, ofAfter));
        (effect.Suggested, effect.Told).ShouldBe((suggested, told));
    }

    [Fact]
    public void Of_failures_and_times_less_is_better()
    {
        new Effect(Rate(ImprovementMetric.ChangeFailRate, 20, 46), Rate(ImprovementMetric.ChangeFailRate, 1, 100)).Suggested.ShouldBe(EffectVerdict.Effective);

        var faster = new Effect(Hours(9, 10), Hours(4, 10));
        (faster.Suggested, faster.Told).ShouldBe((EffectVerdict.Effective, "The intervals do not overlap: the lead time is clearly shorter."));
        var slower = new Effect(Hours(4, 10), Hours(9, 10));
        (slower.Suggested, slower.Told).ShouldBe((EffectVerdict.Worse, "The intervals do not overlap: the lead time is clearly longer."));
        new Effect(Hours(9, 4), Hours(4, 10)).Suggested.ShouldBe(EffectVerdict.NoEffect);
    }

    [Fact]
    public void Both_figures_stand_in_one_sentence_with_what_stands_behind_them() => new Effect(Hours(9, 10), Hours(4, 3)).ToString().ShouldBe(
        "Lead time: 9 h (median of 10; 95 % interval 9 h to 9 h) before, 4 h (median of 3) after. Fewer than six deployments stand behind one of the two: no clear change.");

    [Fact]
    public void Without_data_there_is_no_figure()
    {
        Measurement.Of(ImprovementMetric.SuccessRate, new Proportion(0, 0), From, To).ShouldBeNull();
        Measurement.Of(ImprovementMetric.LeadTime, Timings.None, From, To).ShouldBeNull();
        Rate(ImprovementMetric.SuccessRate, 3, 4).ShouldSatisfyAllConditions(
            few => few.Low.ShouldBeNull(), few => few.High.ShouldBeNull(), few => few.ToString().ShouldBe("3 of 4"),
            few => few.Figure.ShouldBe("3 of 4"));
        (Rate(ImprovementMetric.SuccessRate, 40, 46).Figure, Hours(9, 3).Figure).ShouldBe(("87 %", "9 h"));
    }

    [Theory]
    [InlineData(ImprovementMetric.SuccessRate, "93", 0.93)]
    [InlineData(ImprovementMetric.SuccessRate, " 93.5 % ", 0.935)]
    [InlineData(ImprovementMetric.ChangeFailRate, "0%", 0)]
    [InlineData(ImprovementMetric.LeadTime, "5h", 18000)]
    [InlineData(ImprovementMetric.ExecuteTime, "30 m", 1800)]
    public void A_target_is_read_as_people_write_it(ImprovementMetric metric, string text, double target) => metric.ReadTarget(text).Value.ShouldBe(target, 1e-9);

    [Theory]
    [InlineData(ImprovementMetric.SuccessRate, "101")]
    [InlineData(ImprovementMetric.SuccessRate, "-1")]
    [InlineData(ImprovementMetric.SuccessRate, "5h")]
    [InlineData(ImprovementMetric.SuccessRate, "NaN")]
    [InlineData(ImprovementMetric.FirstTimeRight, "")]
    [InlineData(ImprovementMetric.LeadTime, "93 %")]
    [InlineData(ImprovementMetric.LeadTime, "0h")]
    [InlineData(ImprovementMetric.Duration, null)]
    public void What_is_no_target_of_the_metric_is_refused(ImprovementMetric metric, string? text) => metric.ReadTarget(text).Error!.Code.ShouldBe("improvement.target-malformed");

    [Theory]
    [InlineData(0.93, 0.93, true)]
    [InlineData(0.93, 0.94, true)]
    [InlineData(0.93, 0.92, false)]
    public void A_target_is_reached_by_what_is_not_worse(double target, double after, bool isReached) =>
        new Goal(Rate(ImprovementMetric.SuccessRate, 40, 46), target).IsReachedBy(Rate(ImprovementMetric.SuccessRate, 40, 46) with { Value = after }).ShouldBe(isReached);

    [Theory]
    [InlineData("S5", EvidenceKind.Signal, "S5", null)]
    [InlineData("S1  Smoke test, twice ", EvidenceKind.Signal, "S1", "Smoke test, twice")]
    [InlineData("DEP-2026-000123", EvidenceKind.Deployment, "DEP-2026-000123", null)]
    [InlineData("DEP-2026-000123/R1  halt 2", EvidenceKind.Halt, "DEP-2026-000123/R1", "halt 2")]
    [InlineData("REV-2026-000001", EvidenceKind.Review, "REV-2026-000001", null)]
    [InlineData("FND-2026-0007", EvidenceKind.Finding, "FND-2026-0007", null)]
    [InlineData("https://wiki.example.com/a?b=c#d", EvidenceKind.Link, "https://wiki.example.com/a?b=c#d", null)]
    public void Evidence_says_itself_what_it_is(string text, EvidenceKind kind, string reference, string? subject)
    {
        var link = EvidenceLink.Read(text).Value;
        link.ShouldBe(new EvidenceLink(kind, reference, subject));
        EvidenceLink.Read(link.ToString()).Value.ShouldBe(link);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("S0")]
    [InlineData("S100")]
    [InlineData("S1\nsomething")]
    [InlineData("dep-2026-000123")]
    [InlineData("DEP-2026-000123 and more")]
    [InlineData("http://wiki.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://a b")]
    [InlineData("because I say so")]
    public void What_cannot_be_looked_up_is_no_evidence(string? text) => EvidenceLink.Read(text).Error!.Code.ShouldBe("improvement.evidence-unreadable");

    private static Measurement Rate(ImprovementMetric metric, int count, int of) => Measurement.Of(metric, new Proportion(count, of), From, To)!;

    private static Measurement Hours(double hours, int count) =>
        Measurement.Of(ImprovementMetric.LeadTime, Timings.Of(Enumerable.Repeat(TimeSpan.FromHours(hours), count)), From, To)!;
}
