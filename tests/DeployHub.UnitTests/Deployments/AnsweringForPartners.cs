using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Answers, conditions, objections, and who goes on against one (domain §2.3.3, journey J10).</summary>
public sealed class AnsweringForPartners
{
    [Fact]
    public void An_approved_plan_waits_for_the_answer_and_the_answer_schedules_it()
    {
        var deployment = Asked();
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Dora, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);

        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.AlignmentDueAt.ShouldBeNull();
        GateOf(deployment).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void An_answer_does_not_stand_in_for_an_approval()
    {
        var deployment = Asked();
        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void A_contact_with_an_account_answers_as_by_a_link_and_a_planner_does_not()
    {
        var olga = Asked();
        olga.Answer(1, Yes, "Olga", AnswerWay.Account, Olga, Now).Error.ShouldBeNull();
        olga.Alignments[0].Status.ShouldBe(AlignmentStatus.Agreed);
        olga.TakeNewEvents()[^1].Text.ShouldBe("Olga of Bank agrees.");

        var own = Asked();
        own.Answer(1, Yes, "Mia", AnswerWay.Account, Mia, Now).Error!.Code.ShouldBe("SOD-1");
        own.Alignments[0].Status.ShouldBe(AlignmentStatus.Pending);
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
        GateOf(deployment).Sentence.ShouldContain("condition that is not met");

        Move(deployment, SlotAt(6, 45));
        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.AgreedWithConditions);
        GateOf(deployment).IsOpen.ShouldBeTrue();
        deployment.MeetCondition(1, 1, "By hand", Mia, Now).Error.ShouldBe(AlignmentErrors.ConditionIsChecked);

        deployment.TakeNewEvents();
        Move(deployment, SlotAt(6, 0));
        deployment.TakeNewEvents()[^1].Kind.ShouldBe("LoseCondition");
    }

    [Fact]
    public void A_condition_in_words_is_met_once_a_person_says_how()
    {
        var deployment = Approved(Asked());
        Answer(deployment, new GivenAnswer(AlignmentReply.AgreeWithConditions, "", ["Call us before"]));
        GateOf(deployment).IsOpen.ShouldBeFalse();

        deployment.MeetCondition(1, 2, "Called", Mia, Now).Error!.Code.ShouldBe("condition.not-found");
        deployment.MeetCondition(1, 1, "Called at noon", Mia, Now).Error.ShouldBeNull();
        GateOf(deployment).IsOpen.ShouldBeTrue();
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
    public void Whoever_went_on_against_an_objection_and_then_edits_the_plan_decides_no_more()
    {
        var deployment = Approved(Asked());
        Answer(deployment, No);
        deployment.OverrideObjection(1, true, false, "So", Dora, Now);
        deployment.OverrideObjection(1, false, true, "So", Olga, Now);
        deployment.Edit("web", "", deployment.ModelVersionId, ToBank with { Targets = [ToBank.Targets[0]] }, AtSix, Needed(ToBank), Olga, Now).Error.ShouldBeNull();
        deployment.IsAlignmentSettled.ShouldBeFalse();

        deployment.Align([Bank], Olga, Now).Error.ShouldBeNull();
        deployment.Alignments.Select(request => request.Status).ShouldBe([AlignmentStatus.Superseded, AlignmentStatus.Pending]);
    }

    [Fact]
    public void An_answer_by_a_link_that_a_planner_made_says_so()
    {
        var deployment = Asked();
        deployment.Answer(1, Yes, "Petra", AnswerWay.Link, Petra, Now, Mia).Error.ShouldBeNull();
        GateOf(deployment).Sentence.ShouldBe("Bank agrees. Mia, who planned this, made the link of that answer.");
        deployment.TakeNewEvents()[^1].Text.ShouldEndWith("Mia, who planned this, made the link of that answer.");

        var other = Asked();
        other.Answer(1, Yes, "Petra", AnswerWay.Link, Petra, Now, Dora).Error.ShouldBeNull();
        GateOf(other).Sentence.ShouldBe("Bank agrees.");
    }

    [Fact]
    public void An_objection_is_overridden_by_manager_and_service_owner_two_people_neither_of_whom_planned_it()
    {
        var deployment = Approved(Asked());
        deployment.OverrideObjection(1, true, false, "Why not", Dora, Now).Error.ShouldBe(AlignmentErrors.NotObjected);
        Answer(deployment, No);
        GateOf(deployment).Sentence.ShouldContain("Our batch runs then.");

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
        GateOf(deployment).IsOpen.ShouldBeTrue();
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
}
