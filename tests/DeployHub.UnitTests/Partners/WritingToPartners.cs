using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Partners;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Partners;

/// <summary>Which letters follow from what happens to a deployment, and to whom they go (journey J10).</summary>
public sealed class WritingToPartners
{
    [Fact]
    public void What_a_mail_server_quotes_is_kept_without_the_token_even_where_it_is_cut_off()
    {
        PartnerLink.WithoutTokens("552 https://hub/p/dho_Ab-9_x is listed").ShouldBe("552 https://hub/p/dho_••• is listed");
        PartnerLink.WithoutTokens("552 see dho_Ab").ShouldBe("552 see dho_•••");
        PartnerLink.WithoutTokens("250 OK").ShouldBe("250 OK");
    }

    [Fact]
    public void Whoever_is_asked_is_written_to_once_and_only_about_their_own_request()
    {
        var deployment = Asked();

        LettersOf(deployment, EventTypes.AlignmentRequested, alignment: 1).ShouldBe([LetterKind.Request]);
        LettersOf(deployment, EventTypes.AlignmentRequested, alignment: 2).ShouldBeEmpty();
        LettersOf(deployment, "deployment.submitted").ShouldBeEmpty();
    }

    [Fact]
    public void What_was_answered_or_superseded_meanwhile_asks_for_nothing_any_more()
    {
        var answered = Asked();
        Answer(answered, Yes).Error.ShouldBeNull();
        LettersOf(answered, EventTypes.AlignmentRequested, alignment: 1).ShouldBeEmpty();
        LettersOf(answered, EventTypes.AlignmentReminder, alignment: 1).ShouldBeEmpty();

        Move(answered, new Slot(AtSix.Start.AddDays(1), AtSix.End.AddDays(1)));
        LettersOf(answered, EventTypes.AlignmentRequested, alignment: 1).ShouldBeEmpty();
        LettersOf(answered, EventTypes.AlignmentRequested, alignment: 2).ShouldBe([LetterKind.Request]);
    }

    [Fact]
    public void What_was_agreed_in_advance_is_announced() =>
        LettersOf(Asked(Bank with { InAdvance = InAdvance }), EventTypes.AlignmentRequested, alignment: 1).ShouldBe([LetterKind.Announcement]);

    [Fact]
    public void Another_time_is_told_where_the_answer_stands_and_asked_about_where_it_does_not()
    {
        var later = Now.AddHours(2);
        var kept = Approved(Asked());
        Answer(kept, Yes);
        kept.Reschedule(SlotAt(6, 45), "Their batch", Mia, later).Error.ShouldBeNull();
        kept.Align([Bank], Mia, later).Error.ShouldBeNull();
        LettersOf(kept, EventTypes.DeploymentRescheduled, at: later).ShouldBe([LetterKind.Change]);

        kept.Reschedule(SlotAt(5, 0), "Earlier", Mia, later.AddHours(1)).Error.ShouldBeNull();
        kept.Align([Bank], Mia, later.AddHours(1)).Error.ShouldBeNull();
        LettersOf(kept, EventTypes.DeploymentRescheduled, at: later.AddHours(1)).ShouldBeEmpty("they are asked anew, and read it there");
    }

    [Theory]
    [InlineData(EventTypes.DeploymentCancelled, LetterKind.Cancellation)]
    [InlineData(EventTypes.DeploymentExpired, LetterKind.Cancellation)]
    [InlineData(EventTypes.DeploymentStarting, LetterKind.Start)]
    [InlineData(EventTypes.DeploymentCompleted, LetterKind.Outcome)]
    public void Whoever_was_asked_hears_how_it_goes_on(string type, LetterKind kind) => LettersOf(Asked(), type).ShouldBe([kind]);

    [Fact]
    public void A_plan_that_was_taken_back_is_told_and_one_whose_approvals_are_void_is_not()
    {
        LettersOf(Asked(), EventTypes.ApprovalVoided, became: "Draft").ShouldBe([LetterKind.Recall]);
        LettersOf(Asked(), EventTypes.ApprovalVoided, became: "InReview").ShouldBeEmpty();
    }

    [Fact]
    public void A_plan_that_is_rejected_is_taken_back_too() => LettersOf(Asked(), EventTypes.ApprovalDecided, became: "Draft").ShouldBe([LetterKind.Recall]);

    [Fact]
    public void Nobody_is_asked_by_a_letter_that_was_under_way_for_too_long()
    {
        var deployment = Asked();
        WhyNot(LetterKind.Request, deployment).ShouldBeNull();
        var deadline = deployment.Alignments[0].Deadline;
        WhyNot(LetterKind.Request, deployment, deadline).ShouldStartWith("the time to answer passed");
        WhyNot(LetterKind.Reminder, deployment, deadline).ShouldStartWith("the time to answer passed");

        Answer(deployment, Yes).Error.ShouldBeNull();
        WhyNot(LetterKind.Request, deployment).ShouldStartWith("it was answered on 2026-10-05");

        Move(deployment, new Slot(AtSix.Start.AddDays(1), AtSix.End.AddDays(1)));
        WhyNot(LetterKind.Request, deployment).ShouldBe("it was planned otherwise since, and they are asked about that");
    }

    [Fact]
    public void Nobody_is_asked_about_what_was_withdrawn_and_hears_that_it_was()
    {
        var recalled = Asked();
        recalled.Recall("Another day", Mia, Now).Error.ShouldBeNull();
        WhyNot(LetterKind.Request, recalled).ShouldBe("it was taken back since");
        WhyNot(LetterKind.Recall, recalled).ShouldBeNull();
        recalled.Submit(Needed(ToBank), Mia, Now).Error.ShouldBeNull();
        WhyNot(LetterKind.Recall, recalled).ShouldBe("it was planned anew since, and is in review");

        var cancelled = Asked();
        cancelled.Cancel("Not needed", Mia, Now).Error.ShouldBeNull();
        WhyNot(LetterKind.Request, cancelled).ShouldBe("it is cancelled by now");
        WhyNot(LetterKind.Announcement, cancelled).ShouldBe("it is cancelled by now");
        WhyNot(LetterKind.Cancellation, cancelled, Now.AddDays(3)).ShouldBeNull();
    }

    [Fact]
    public void Of_several_letters_about_another_time_only_the_last_one_is_sent()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes).Error.ShouldBeNull();
        deployment.Reschedule(SlotAt(6, 45), "Their batch", Mia, Now).Error.ShouldBeNull();

        WhyNot(LetterKind.Change, deployment, slot: SlotAt(6, 45)).ShouldBeNull();
        WhyNot(LetterKind.Change, deployment, slot: SlotAt(6, 30)).ShouldStartWith("it has another time since");
    }

    [Fact]
    public void A_start_is_told_before_it_only()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes).Error.ShouldBeNull();

        WhyNot(LetterKind.Start, deployment, AtSix.Start.AddMinutes(-50)).ShouldBeNull();
        WhyNot(LetterKind.Start, deployment, AtSix.Start).ShouldNotBeNull();
        WhyNot(LetterKind.Start, deployment, AtSix.Start.AddDays(-1)).ShouldNotBeNull("it was moved since");
    }

    [Theory]
    [InlineData(LetterKind.Request, true)]
    [InlineData(LetterKind.Change, true)]
    [InlineData(LetterKind.Start, true)]
    [InlineData(LetterKind.Recall, false)]
    [InlineData(LetterKind.Cancellation, false)]
    [InlineData(LetterKind.Outcome, false)]
    public void What_is_over_brings_no_key(LetterKind kind, bool hasLink) => (AlignmentText.LinkText(kind) is not null).ShouldBe(hasLink);

    [Fact]
    public void A_link_ends_two_weeks_after_its_plan_and_where_there_is_no_slot_after_thirty_days()
    {
        PartnerLetters.ExpiresAt(AtSix, Now).ShouldBe(AtSix.End.AddDays(14));
        PartnerLetters.ExpiresAt(null, Now).ShouldBe(Now.AddDays(30));
        PartnerLetters.ExpiresAt(new Slot(Now.AddDays(200), Now.AddDays(201)), Now).ShouldBe(Now.AddDays(90));
    }

    [Fact]
    public void An_objection_that_is_overridden_is_told_once_both_have_decided()
    {
        var deployment = Asked();
        Answer(deployment, No);
        deployment.OverrideObjection(1, true, false, "The law asks for it.", Dora, Now).Error.ShouldBeNull();
        LettersOf(deployment, EventTypes.AlignmentOverridden).ShouldBeEmpty();

        deployment.OverrideObjection(1, false, true, "So it is.", Olga, Now).Error.ShouldBeNull();
        LettersOf(deployment, EventTypes.AlignmentOverridden).ShouldBe([LetterKind.Override]);
    }

    [Fact]
    public void A_reminder_comes_a_day_before_the_deadline_and_never_in_the_first_half_of_the_time()
    {
        var request = Asked().Alignments.Single();
        request.RemindsAt.ShouldBe(request.Deadline.AddDays(-1));
        request.IsReminderDue(request.RemindsAt.AddSeconds(-1)).ShouldBeFalse();
        request.IsReminderDue(request.RemindsAt).ShouldBeTrue();
        request.IsReminderDue(request.Deadline).ShouldBeFalse("then it is missed");

        var shortly = request with { Deadline = request.AskedAt.AddHours(6) };
        shortly.RemindsAt.ShouldBe(request.AskedAt.AddHours(3));
        (request with { Status = AlignmentStatus.Agreed }).IsReminderDue(request.RemindsAt).ShouldBeFalse();
    }

    [Fact]
    public void Contacts_on_the_list_of_a_service_answer_for_it_and_all_of_them_where_nobody_is()
    {
        var bank = Organisation.Register("bank", "Bank", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.Blocks, Dora, Now);
        bank.AddContact("Petra", "petra@bank.example", null);
        bank.AddContact("Paula", "paula@bank.example", null);
        bank.AddContact("Former", "former@bank.example", null);
        bank.EndEntry(OrganisationEntry.Contact, 3, "Left", Dora, Now).Error.ShouldBeNull();

        bank.Answering(["PETRA@bank.example", "other@house.example"]).Select(contact => contact.Name).ShouldBe(["Petra"]);
        bank.Answering(["former@bank.example"]).Select(contact => contact.Name).ShouldBe(["Petra", "Paula"]);
        bank.IsAnsweredBy("Paula@Bank.example").ShouldBeTrue();
        bank.IsAnsweredBy("former@bank.example").ShouldBeFalse();
        bank.IsAnsweredBy(null).ShouldBeFalse();
    }

    [Fact]
    public void A_letter_that_a_mail_server_does_not_take_waits_and_one_that_it_refuses_is_given_up()
    {
        var letter = Delivery.ByLetter(BankId, 1, EventTypes.AlignmentRequested, "DEP-2026-000170", "{}", Now);
        letter.Take(TimeSpan.FromMinutes(1), Now);
        letter.Settle(MailAnswer.NotNow, "Away", Now);
        (letter.Status, letter.DueAt).ShouldBe((DeliveryStatus.Waiting, Now.AddSeconds(5)));

        letter.Take(TimeSpan.FromMinutes(1), Now);
        letter.Settle(MailAnswer.MailboxRefused, "5.1.1 no such mailbox", Now);
        (letter.Status, letter.DueAt, letter.Answer).ShouldBe((DeliveryStatus.GivenUp, null, "5.1.1 no such mailbox"));
    }

    private static string? WhyNot(LetterKind kind, Deployment deployment, DateTimeOffset? at = null, Slot? slot = null) =>
        Letter.WhyNotSent(kind, deployment.Alignments[0], slot ?? AtSix, deployment, at ?? Now);

    private static IEnumerable<LetterKind> LettersOf(Deployment deployment, string type, int? alignment = null, string? became = null, DateTimeOffset? at = null) =>
        Letter.Of(type, alignment, became, deployment, at ?? Now).Select(letter => letter.Kind);
}
