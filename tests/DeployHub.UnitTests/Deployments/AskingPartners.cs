using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.UnitTests.Runs;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Whom a plan asks, when it asks anew, and what stays in the record (domain §2.3.3, §2.4.1 row 3, journey J10).</summary>
public sealed class AskingPartners
{
    [Fact]
    public void Who_has_to_agree_is_material_and_a_plan_without_anybody_keeps_its_digest()
    {
        ToBank.Digest.ShouldNotBe(Given.Plan.Digest);
        (Given.Plan with { Parties = [] }).Digest.ShouldBe(Given.Plan.Digest);
        (ToBank with { Parties = [ToBank.Parties[0] with { IsByRule = false }] }).Digest.ShouldBe(ToBank.Digest, "who named them makes no difference");
    }

    [Fact]
    public void Nobody_is_asked_before_the_plan_is_submitted_and_then_everybody_once()
    {
        var draft = Draft();
        draft.Align([Bank], Mia, Now).Error.ShouldBeNull();
        draft.Alignments.ShouldBeEmpty();

        var deployment = Asked();
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        var request = deployment.Alignments.Single();
        request.Status.ShouldBe(AlignmentStatus.Pending);
        request.Versions.ShouldBe(["web 1.1.0"]);
        deployment.AlignmentDueAt.ShouldBe(request.Deadline);
        EventsOf(deployment).ShouldContain("RequestAlignment");
    }

    [Fact]
    public void What_comes_back_with_another_slot_is_not_authorised_before_its_parties_are_asked_about_that()
    {
        var deployment = Asked();
        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Recall("Another day", Mia, Now).Error.ShouldBeNull();
        deployment.Edit("web", "", deployment.ModelVersionId, ToBank, new Slot(AtSix.Start.AddDays(2), AtSix.End.AddDays(2)), [], Mia, Now).Error.ShouldBeNull();

        deployment.Submit([], Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        (deployment.Status, deployment.Alignments.Count).ShouldBe((DeploymentStatus.InReview, 2));
    }

    [Fact]
    public void A_plan_that_becomes_a_part_of_a_campaign_keeps_what_was_agreed()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes).Error.ShouldBeNull();
        var first = Deployment.Create("DEP-2026-000169", default, default, default, "", "", Given.Plan, null, Mia, Now);
        var campaign = Campaign.Plan("CMP-2026-000001", "Autumn", "", [[first], [deployment]], null, Mia, Now).Value;
        var before = deployment.PlanDigest;
        deployment.JoinCampaign(campaign, campaign.Before(deployment.Id), Mia, Now).Error.ShouldBeNull();

        deployment.PlanDigest.ShouldNotBe(before);
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed);
        GateOf(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_slot_that_reaches_into_another_day_or_lasts_longer_over_midnight_asks_anew()
    {
        foreach (var (slot, requests) in new[] { (AtSix with { End = AtSix.End.AddHours(4) }, 1), (AtSix with { End = AtSix.End.AddDays(1) }, 2), (AtSix with { End = AtSix.End.AddHours(-1) }, 1) })
        {
            var deployment = Approved(Asked());
            Answer(deployment, Yes);
            Move(deployment, slot);
            deployment.Alignments.Count.ShouldBe(requests, $"{slot}");
        }
    }

    [Fact]
    public void Submitted_with_another_slot_it_is_not_authorised_before_they_are_asked_anew()
    {
        var deployment = Asked();
        Answer(deployment, Yes);
        deployment.Recall("Another day", Mia, Now);
        deployment.Edit("web", "", deployment.ModelVersionId, ToBank, new Slot(AtSix.Start.AddDays(1), AtSix.End.AddDays(1)), [], Mia, Now);
        deployment.Submit([], Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        deployment.Alignments[^1].Status.ShouldBe(AlignmentStatus.Pending);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void Another_day_or_an_earlier_time_asks_anew_and_a_later_one_of_the_same_day_does_not()
    {
        foreach (var (slot, requests) in new[] { (SlotAt(9, 0), 1), (SlotAt(5, 30), 2), (new Slot(AtSix.Start.AddDays(1), AtSix.End.AddDays(1)), 2), (null, 2) })
        {
            var deployment = Approved(Asked());
            Answer(deployment, Yes);
            Move(deployment, slot);
            deployment.Alignments.Count.ShouldBe(requests, $"{slot}");
        }
    }

    [Fact]
    public void A_material_change_supersedes_the_answer_and_the_new_request_says_what_is_different()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes);
        var later = Now.AddDays(7);
        Edit(deployment, ToBank with { Versions = [ToBank.Versions[0] with { Label = "1.1.1", Digest = Digest.OfText("1.1.1") }] }, later);

        deployment.Alignments.Select(request => request.Status).ShouldBe([AlignmentStatus.Superseded, AlignmentStatus.Pending]);
        var anew = deployment.Alignments[1];
        anew.Replaces.ShouldBe(1);
        anew.IsShortNotice.ShouldBeTrue();
        anew.DifferencesFrom(deployment.Alignments[0]).ShouldBe(["web 1.1.1 comes instead of web 1.1.0."]);
        Answer(deployment, Yes).Error.ShouldBe(AlignmentErrors.Superseded);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void Fewer_targets_and_other_words_keep_the_answer()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes);
        Edit(deployment, ToBank with { Targets = [ToBank.Targets[0]] }, Now);

        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        GateOf(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Recalled_and_submitted_unchanged_the_answer_still_counts()
    {
        var deployment = Asked();
        Answer(deployment, Yes);
        deployment.Recall("A typo", Mia, Now);
        deployment.Submit(Needed(ToBank), Mia, Now);
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed);
    }

    [Fact]
    public void Recalled_and_submitted_unchanged_whoever_said_nothing_is_asked_anew_and_has_time()
    {
        var deployment = Asked(Bank with { SilenceBlocks = false });
        deployment.Recall("A typo", Mia, Now).Error.ShouldBeNull();
        var later = deployment.Alignments[0].Deadline.AddHours(1);
        deployment.Submit(Needed(ToBank), Mia, later).Error.ShouldBeNull();
        deployment.Align([Bank with { SilenceBlocks = false }], Mia, later).Error.ShouldBeNull();

        deployment.Alignments.Select(request => request.Status).ShouldBe([AlignmentStatus.Superseded, AlignmentStatus.Pending]);
        deployment.Alignments[1].Deadline.ShouldBeGreaterThan(later);
        deployment.Alignments[1].AskedAgainBecause!.ShouldStartWith("It was taken back and comes again");
    }

    [Fact]
    public void Silence_of_whom_no_mail_reached_counts_as_nothing()
    {
        var deployment = Approved(Asked(Bank with { SilenceBlocks = false }));
        deployment.MissAlignmentDeadlines(deployment.AlignmentDueAt!.Value, [BankId]).Error.ShouldBeNull();

        var request = deployment.Alignments.Single();
        (request.Status, request.SilenceBlocks, request.IsSettled, deployment.Status).ShouldBe((AlignmentStatus.NoResponse, true, false, DeploymentStatus.InReview));
        deployment.TakeNewEvents()[^1].Text.ShouldBe("Bank did not answer in time, and no mail about it reached them: nothing starts before they do. Call them.");
    }

    [Fact]
    public void A_higher_risk_asks_where_an_agreement_in_advance_covers_it_no_more_or_silence_would_have_counted()
    {
        var agreed = Approved(Asked(Bank with { InAdvance = InAdvance }));
        agreed.Status.ShouldBe(DeploymentStatus.Scheduled);
        agreed.Align([Bank], Mia, Now).Error.ShouldBeNull();
        agreed.Alignments.Select(request => request.Status).ShouldBe([AlignmentStatus.Superseded, AlignmentStatus.Pending]);
        agreed.Alignments[1].AskedAgainBecause!.ShouldStartWith("Its risk");
        GateOf(agreed).IsOpen.ShouldBeFalse();

        var silent = Asked(Bank with { SilenceBlocks = false });
        silent.MissAlignmentDeadlines(silent.AlignmentDueAt!.Value);
        silent.Align([Bank], Mia, Now).Error.ShouldBeNull();
        (silent.Alignments[^1].Status, silent.Alignments[^1].SilenceBlocks).ShouldBe((AlignmentStatus.Pending, true));

        var answered = Asked(Bank with { SilenceBlocks = false });
        Answer(answered, Yes);
        answered.Align([Bank], Mia, Now).Error.ShouldBeNull();
        answered.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed, "what they said themselves stays");
    }

    [Fact]
    public void After_a_talk_they_are_asked_once_more_and_the_objection_stays_in_the_record()
    {
        var deployment = Asked();
        deployment.AskAgain(1, Bank, "We met", Mia, Now).Error!.Code.ShouldBe("alignment.waits");
        Answer(deployment, No);
        deployment.AskAgain(1, Bank, "We met", Mia, Now).Error.ShouldBeNull();

        deployment.Alignments[0].Status.ShouldBe(AlignmentStatus.Superseded);
        deployment.Alignments[0].Answer!.Reply.ShouldBe(AlignmentReply.Object);
        deployment.Answer(2, Yes, "Petra", AnswerWay.Phone, Mia, Now).Error.ShouldBeNull();
        deployment.IsAlignmentSettled.ShouldBeTrue();
    }

    [Fact]
    public void A_standing_agreement_answers_at_once_and_says_so()
    {
        var deployment = Asked(Bank with { InAdvance = InAdvance });
        var answer = deployment.Alignments.Single().Answer!;
        (answer.Way, answer.Words).ShouldBe((AnswerWay.StandingAgreement, "Agreed in advance until 2027-01-03 (Contract 4711), recorded by Dora."));
        deployment.IsAlignmentSettled.ShouldBeTrue();
    }

    [Fact]
    public void What_partners_read_may_change_until_somebody_has_answered_to_it()
    {
        var deployment = Asked();
        deployment.DescribeForPartners(new PartnerNote("A new field", ""), Mia, Now).Error.ShouldBeNull();
        Answer(deployment, Yes);
        deployment.DescribeForPartners(new PartnerNote("Two new fields", ""), Mia, Now).Error.ShouldBe(AlignmentErrors.NoteAnswered);
    }

    [Fact]
    public void A_rule_that_the_plan_was_made_without_closes_the_gate_and_a_run_under_way_keeps_what_was_agreed()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes);
        GateOf(deployment, "Clearing house").Sentence.ShouldContain("Clearing house has to agree by a rule");

        deployment.StartRun([], Olga, Now).Error.ShouldBeNull();
        GateOf(deployment, "Clearing house").IsOpen.ShouldBeTrue();
        Answer(deployment, No).Error!.Code.ShouldBe("alignment.answered");
    }

    [Fact]
    public void Every_move_is_the_specification_s_and_superseded_is_the_end()
    {
        AlignmentMoves.Table.IsFinal(AlignmentStatus.Superseded).ShouldBeTrue();
        foreach (var status in Enum.GetValues<AlignmentStatus>().Where(status => status is not AlignmentStatus.Superseded)) AlignmentMoves.Table.Allows(status, AlignmentTrigger.Supersede).ShouldBeTrue($"{status}");
        foreach (var status in Enum.GetValues<AlignmentStatus>())
        {
            AlignmentMoves.Table.Allows(status, AlignmentTrigger.Override).ShouldBe(status is AlignmentStatus.Objected);
            AlignmentMoves.Table.Allows(status, AlignmentTrigger.MissDeadline).ShouldBe(status is AlignmentStatus.Pending);
            foreach (var answer in new[] { AlignmentTrigger.Agree, AlignmentTrigger.AgreeWithConditions, AlignmentTrigger.Object })
                AlignmentMoves.Table.Allows(status, answer).ShouldBe(status is AlignmentStatus.Pending or AlignmentStatus.NoResponse);
        }
    }
}
