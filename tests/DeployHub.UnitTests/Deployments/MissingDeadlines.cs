using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Partners;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What silence means, and what is counted of it (domain §2.3.3, M3).</summary>
public sealed class MissingDeadlines
{
    [Theory]
    [InlineData(true, DeploymentStatus.InReview, false)]
    [InlineData(false, DeploymentStatus.Scheduled, true)]
    public void Silence_is_no_agreement_and_the_policy_says_whether_it_blocks(bool blocks, DeploymentStatus status, bool isOpen)
    {
        var deployment = Approved(Asked(Bank with { SilenceBlocks = blocks }));
        var deadline = deployment.AlignmentDueAt!.Value;
        deployment.MissAlignmentDeadlines(deadline.AddSeconds(-1));
        deployment.Alignments[0].Status.ShouldBe(AlignmentStatus.Pending);

        deployment.MissAlignmentDeadlines(deadline);
        deployment.Alignments[0].Status.ShouldBe(AlignmentStatus.NoResponse);
        deployment.Alignments[0].IsAligned.ShouldBeFalse();
        deployment.AlignmentDueAt.ShouldBeNull();
        deployment.Status.ShouldBe(status);
        GateOf(deployment).IsOpen.ShouldBe(isOpen);

        Answer(deployment, Yes).Error.ShouldBeNull("a late answer counts while nothing has started");
        deployment.Alignments[0].IsAligned.ShouldBeTrue();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
    }

    [Fact]
    public void Asked_later_than_was_agreed_silence_is_no_consent()
    {
        var silent = Bank with { SilenceBlocks = false };
        Asked(silent, Now).Alignments[0].SilenceBlocks.ShouldBeFalse();

        var late = Asked(silent, AtSix.Start.AddHours(-1)).Alignments[0];
        (late.IsShortNotice, late.SilenceBlocks, late.Deadline > late.AskedAt).ShouldBe((true, true, true));
        Asked(silent with { NoticeDays = 0 }, AtSix.Start.AddHours(-1)).Alignments[0].SilenceBlocks.ShouldBeTrue("not even a working day is left");
        Asked(silent, AtSix.Start.AddHours(1)).AlignmentDueAt!.Value.ShouldBeGreaterThan(AtSix.Start.AddHours(1));
    }

    [Fact]
    public void After_an_objection_or_with_unmet_conditions_neither_silence_nor_an_agreement_in_advance_answers()
    {
        foreach (var given in new[] { No, new GivenAnswer(AlignmentReply.AgreeWithConditions, "", ["Call us before"]) })
        {
            var silent = Bank with { SilenceBlocks = false };
            var deployment = Approved(Asked(silent));
            Answer(deployment, given);
            deployment.AskAgain(1, silent, "We met", Mia, Now.AddHours(2)).Error.ShouldBeNull();
            deployment.MissAlignmentDeadlines(deployment.AlignmentDueAt!.Value);
            (deployment.Alignments[1].Status, deployment.Alignments[1].LetsStart).ShouldBe((AlignmentStatus.NoResponse, false));

            deployment.Reschedule(new Slot(AtSix.Start.AddDays(14), AtSix.End.AddDays(14)), "Later", Mia, Now).Error.ShouldBeNull();
            deployment.Align([silent with { InAdvance = InAdvance }], Mia, Now).Error.ShouldBeNull();
            (deployment.Alignments[2].Status, deployment.Alignments[2].SilenceBlocks).ShouldBe((AlignmentStatus.Pending, true));
        }
    }

    [Fact]
    public void Figures_count_the_answer_to_the_final_plan_and_give_no_percentage_of_few()
    {
        var aligned = Approved(Asked());
        Answer(aligned, Yes);
        aligned.StartRun([], Olga, AtSix.Start);
        var silent = Approved(Asked(Bank with { SilenceBlocks = false }));
        silent.MissAlignmentDeadlines(silent.AlignmentDueAt!.Value);
        silent.StartRun([], Olga, AtSix.Start);
        var overridden = Approved(Asked());
        Answer(overridden, No);
        overridden.OverrideObjection(1, true, false, "So", Dora, Now);
        overridden.OverrideObjection(1, false, true, "So", Olga, Now);
        overridden.StartRun([], Olga, AtSix.Start);

        var figures = AlignmentFigures.Of([aligned, silent, overridden, Asked()], BankId, WorkingDays.WithoutHolidays);
        (figures.Deployments, figures.Aligned, figures.Silent, figures.Objections, figures.Overrides).ShouldBe((3, 1, 1, 1, 1));
        figures.AlignedPercent.ShouldBeNull();
        figures.MedianNotice.ShouldBe(5);
        (figures with { Deployments = 14, Aligned = 12 }).AlignedPercent.ShouldBe(86);
    }
}
