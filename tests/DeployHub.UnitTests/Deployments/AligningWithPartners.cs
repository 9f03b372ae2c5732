using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Partners;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Alignment requests from the question to the start (domain §2.3.3, §2.4.1 row 3, journey J10).</summary>
public sealed class AligningWithPartners
{
    private static readonly DateTimeOffset Now = new(2026, 10, 5, 8, 0, 0, TimeSpan.Zero); // a Monday
    private static readonly Slot AtSix = SlotAt(6, 0);
    private static readonly Actor Mia = new("mia", "Mia"), Dora = new("dora", "Dora"), Olga = new("olga", "Olga"), Petra = new("link", "Petra (Bank), by link"), Robot = new("ci", "CI", ActorKind.Machine);
    private static readonly OrganisationId BankId = OrganisationId.New();
    private static readonly AskedParty Bank = new(BankId, "bank", "Bank", "Europe/Berlin", 5, SilenceBlocks: true);
    private static readonly Plan Plan = Given.Plan with { Parties = [new PlannedParty(BankId, "bank", true)] };
    private static readonly StandingAgreement InAdvance = new(1, [], [], [], RiskBand.Medium, Now.AddDays(90), "Contract 4711", Dora, Now);
    private static readonly GivenAnswer Yes = new(AlignmentReply.Agree, "", []), No = new(AlignmentReply.Object, "Our batch runs then.", []);

    [Fact]
    public void Who_has_to_agree_is_material_and_a_plan_without_anybody_keeps_its_digest()
    {
        Plan.Digest.ShouldNotBe(Given.Plan.Digest);
        (Given.Plan with { Parties = [] }).Digest.ShouldBe(Given.Plan.Digest);
        (Plan with { Parties = [Plan.Parties[0] with { IsByRule = false }] }).Digest.ShouldBe(Plan.Digest, "who named them makes no difference");
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
    public void An_approved_plan_waits_for_the_answer_and_the_answer_schedules_it()
    {
        var deployment = Asked();
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Dora, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.AlignmentDueAt.ShouldBeNull();
        Gate(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void An_answer_does_not_stand_in_for_an_approval()
    {
        var deployment = Asked();
        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void What_comes_back_with_another_slot_is_not_authorised_before_its_parties_are_asked_about_that()
    {
        var deployment = Asked();
        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Recall("Another day", Mia, Now).Error.ShouldBeNull();
        deployment.Edit("web", "", deployment.ModelVersionId, Plan, new Slot(AtSix.Start.AddDays(2), AtSix.End.AddDays(2)), [], Mia, Now).Error.ShouldBeNull();

        deployment.Submit([], Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        (deployment.Status, deployment.Alignments.Count).ShouldBe((DeploymentStatus.InReview, 2));
    }

    [Fact]
    public void The_same_answer_twice_is_one_and_another_one_is_refused()
    {
        var deployment = Asked();
        Answer(deployment, Yes);
        EventsOf(deployment);
        Answer(deployment, Yes).Error.ShouldBeNull();
        EventsOf(deployment).ShouldBeEmpty();
        Answer(deployment, No).Error!.Code.ShouldBe("alignment.answered");
    }

    [Fact]
    public void What_an_answer_lacks_is_named()
    {
        var deployment = Asked();
        Answer(deployment, No with { Words = " " }).Error.ShouldBe(AlignmentErrors.ReasonMissing);
        Answer(deployment, new GivenAnswer(AlignmentReply.AgreeWithConditions, "", [])).Error.ShouldBe(AlignmentErrors.ConditionMissing);
        deployment.Answer(7, Yes, "Petra", AnswerWay.Link, Petra, Now).Error!.Code.ShouldBe("alignment.not-found");

        deployment.Recall("Not yet", Mia, Now);
        Answer(deployment, Yes).Error.ShouldBe(AlignmentErrors.NotAskedNow);
    }

    [Fact]
    public void A_condition_about_times_is_checked_whenever_the_slot_moves()
    {
        var deployment = Approved(Asked());
        Answer(deployment, new GivenAnswer(AlignmentReply.AgreeWithConditions, "After our batch", [], new TimeBounds(new TimeOnly(6, 30), null, "Europe/Berlin"))).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.Alignments[0].Conditions.Single().Text.ShouldBe("Not before 06:30 (Europe/Berlin)");
        Gate(deployment).Sentence.ShouldContain("condition that is not met");

        Move(deployment, SlotAt(6, 45));
        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.AgreedWithConditions);
        Gate(deployment).IsOpen.ShouldBeTrue();
        deployment.MeetCondition(1, 1, "By hand", Mia, Now).Error.ShouldBe(AlignmentErrors.ConditionIsChecked);

        deployment.TakeNewEvents();
        Move(deployment, SlotAt(6, 0));
        deployment.TakeNewEvents()[^1].Kind.ShouldBe("LoseCondition");
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
        Gate(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void A_condition_in_words_is_met_once_a_person_says_how()
    {
        var deployment = Approved(Asked());
        Answer(deployment, new GivenAnswer(AlignmentReply.AgreeWithConditions, "", ["Call us before"]));
        Gate(deployment).IsOpen.ShouldBeFalse();

        deployment.MeetCondition(1, 2, "Called", Mia, Now).Error!.Code.ShouldBe("condition.not-found");
        deployment.MeetCondition(1, 1, "Called at noon", Mia, Now).Error.ShouldBeNull();
        Gate(deployment).IsOpen.ShouldBeTrue();
        deployment.MeetCondition(1, 1, "Again", Mia, Now).Error!.Code.ShouldBe("alignment.condition-met");
    }

    [Fact]
    public void A_run_starts_a_little_before_its_slot_but_never_before_a_time_that_was_asked_for()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes);
        deployment.EarliestStart.ShouldBe(AtSix.Start.AddMinutes(-15));

        var bound = Approved(Asked());
        Answer(bound, new GivenAnswer(AlignmentReply.AgreeWithConditions, "", [], new TimeBounds(new TimeOnly(6, 30), null, "Europe/Berlin")));
        Move(bound, SlotAt(6, 30));
        bound.EarliestStart.ShouldBe(bound.Slot!.Start);
        InSlot(bound, bound.Slot.Start.AddMinutes(-1)).Sentence.ShouldContain("by a condition of an organisation");
        InSlot(bound, bound.Slot.Start).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Conditions_with_another_answer_are_refused_and_not_lost()
    {
        foreach (var reply in new[] { AlignmentReply.Agree, AlignmentReply.Object })
        {
            Answer(Asked(), new GivenAnswer(reply, "Because", ["Call us before"])).Error.ShouldBe(AlignmentErrors.ConditionsNeedTheirReply);
            Answer(Asked(), new GivenAnswer(reply, "Because", [], new TimeBounds(new TimeOnly(6, 30), null, "UTC"))).Error.ShouldBe(AlignmentErrors.ConditionsNeedTheirReply);
        }
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
        deployment.Edit("web", "", deployment.ModelVersionId, Plan, new Slot(AtSix.Start.AddDays(1), AtSix.End.AddDays(1)), [], Mia, Now);
        deployment.Submit([], Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        deployment.Alignments[^1].Status.ShouldBe(AlignmentStatus.Pending);
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void Whoever_went_on_against_an_objection_and_then_edits_the_plan_decides_no_more()
    {
        var deployment = Approved(Asked());
        Answer(deployment, No);
        deployment.OverrideObjection(1, true, false, "So", Dora, Now);
        deployment.OverrideObjection(1, false, true, "So", Olga, Now);
        deployment.Edit("web", "", deployment.ModelVersionId, Plan with { Targets = [Plan.Targets[0]] }, AtSix, Needed(Plan), Olga, Now).Error.ShouldBeNull();
        deployment.IsAlignmentSettled.ShouldBeFalse();

        deployment.Align([Bank], Olga, Now).Error.ShouldBeNull();
        deployment.Alignments.Select(request => request.Status).ShouldBe([AlignmentStatus.Superseded, AlignmentStatus.Pending]);
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
        Edit(deployment, Plan with { Versions = [Plan.Versions[0] with { Label = "1.1.1", Digest = Digest.OfText("1.1.1") }] }, later);

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
        Edit(deployment, Plan with { Targets = [Plan.Targets[0]] }, Now);

        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed);
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        Gate(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Recalled_and_submitted_unchanged_the_answer_still_counts()
    {
        var deployment = Asked();
        Answer(deployment, Yes);
        deployment.Recall("A typo", Mia, Now);
        deployment.Submit(Needed(Plan), Mia, Now);
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed);
    }

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
        Gate(deployment).IsOpen.ShouldBe(isOpen);

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
    public void A_higher_risk_asks_where_an_agreement_in_advance_covers_it_no_more_or_silence_would_have_counted()
    {
        var agreed = Approved(Asked(Bank with { InAdvance = InAdvance }));
        agreed.Status.ShouldBe(DeploymentStatus.Scheduled);
        agreed.Align([Bank], Mia, Now).Error.ShouldBeNull();
        agreed.Alignments.Select(request => request.Status).ShouldBe([AlignmentStatus.Superseded, AlignmentStatus.Pending]);
        agreed.Alignments[1].AskedAgainBecause!.ShouldStartWith("Its risk");
        Gate(agreed).IsOpen.ShouldBeFalse();

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
    public void An_answer_by_a_link_that_a_planner_made_says_so()
    {
        var deployment = Asked();
        deployment.Answer(1, Yes, "Petra", AnswerWay.Link, Petra, Now, Mia).Error.ShouldBeNull();
        Gate(deployment).Sentence.ShouldBe("Bank agrees. Mia, who planned this, made the link of that answer.");
        deployment.TakeNewEvents()[^1].Text.ShouldEndWith("Mia, who planned this, made the link of that answer.");

        var other = Asked();
        other.Answer(1, Yes, "Petra", AnswerWay.Link, Petra, Now, Dora).Error.ShouldBeNull();
        Gate(other).Sentence.ShouldBe("Bank agrees.");
    }

    [Fact]
    public void An_objection_is_overridden_by_manager_and_service_owner_two_people_neither_of_whom_planned_it()
    {
        var deployment = Approved(Asked());
        deployment.OverrideObjection(1, true, false, "Why not", Dora, Now).Error.ShouldBe(AlignmentErrors.NotObjected);
        Answer(deployment, No);
        Gate(deployment).Sentence.ShouldContain("Our batch runs then.");

        deployment.OverrideObjection(1, true, true, "Me", Mia, Now).Error!.Code.ShouldBe("SOD-4");
        deployment.OverrideObjection(1, true, true, "Me", Robot, Now).Error!.Code.ShouldBe("SOD-6");
        deployment.OverrideObjection(1, false, false, "Me", Olga, Now).Error!.Code.ShouldBe("alignment.override-needs-two");
        deployment.OverrideObjection(1, true, true, "The law asks for it.", Dora, Now).Error.ShouldBeNull();
        deployment.Alignments[0].Status.ShouldBe(AlignmentStatus.Objected);
        deployment.OverrideObjection(1, true, true, "Once more", Dora, Now).Error!.Code.ShouldBe("alignment.override-needs-other");

        deployment.OverrideObjection(1, false, true, "I agree.", Olga, Now).Error.ShouldBeNull();
        deployment.Alignments[0].Status.ShouldBe(AlignmentStatus.Overridden);
        deployment.Alignments[0].IsAligned.ShouldBeFalse("an override is no agreement");
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        Gate(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Two_managers_do_not_override_and_neither_do_two_service_owners()
    {
        foreach (var isManager in new[] { true, false })
        {
            var deployment = Asked();
            Answer(deployment, No);
            deployment.OverrideObjection(1, isManager, !isManager, "First", Dora, Now).Error.ShouldBeNull();
            deployment.OverrideObjection(1, isManager, !isManager, "Second", Olga, Now).Error!.Code.ShouldBe("alignment.override-needs-other");
        }
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
        Gate(deployment, "Clearing house").Sentence.ShouldContain("Clearing house has to agree by a rule");

        deployment.StartRun([], Olga, Now).Error.ShouldBeNull();
        Gate(deployment, "Clearing house").IsOpen.ShouldBeTrue();
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

    /// <summary>On Tuesday, 13 October, in Berlin.</summary>
    private static Slot SlotAt(int hour, int minute) => new(new DateTimeOffset(2026, 10, 13, hour - 2, minute, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 13, hour, minute, 0, TimeSpan.Zero));

    private static Deployment Draft() => Deployment.Create("DEP-2026-000170", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web 1.1.0", "", Plan, AtSix, Mia, Now);

    private static Deployment Asked(AskedParty? bank = null, DateTimeOffset? at = null)
    {
        var deployment = Draft();
        deployment.Submit(Needed(Plan), Mia, at ?? Now).Error.ShouldBeNull();
        deployment.Align([bank ?? Bank], Mia, at ?? Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Approved(Deployment deployment)
    {
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Dora, Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Result Answer(Deployment deployment, GivenAnswer given) => deployment.Answer(1, given, "Petra", AnswerWay.Link, Petra, Now.AddHours(1));

    private static void Move(Deployment deployment, Slot? slot)
    {
        deployment.Reschedule(slot, "It suits them", Mia, Now).Error.ShouldBeNull();
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
    }

    private static void Edit(Deployment deployment, Plan plan, DateTimeOffset at)
    {
        deployment.Edit("web", "", deployment.ModelVersionId, plan, deployment.Slot, Needed(plan), Mia, at).Error.ShouldBeNull();
        deployment.Align([Bank], Mia, at).Error.ShouldBeNull();
    }

    private static Gate Gate(Deployment deployment, params string[] missing) => Gates(deployment, Now, missing).Single(gate => gate.Kind is GateKind.Alignment);

    private static Gate InSlot(Deployment deployment, DateTimeOffset at) => Gates(deployment, at).Single(gate => gate.Kind is GateKind.Slot);

    private static IReadOnlyList<Gate> Gates(Deployment deployment, DateTimeOffset at, params string[] missing) =>
        StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, Plan.ModelDigest), [], [], []) { MissingParties = missing }, at);

    private static IReadOnlyList<string> EventsOf(Deployment deployment) => [.. deployment.TakeNewEvents().Select(happened => happened.Kind)];

    private static IReadOnlyList<NeededApproval> Needed(Plan plan) => ApprovalPolicy.For(plan, new EnvironmentPolicy());
}
