using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
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

    private static IEnumerable<LetterKind> LettersOf(Deployment deployment, string type, int? alignment = null, string? became = null, DateTimeOffset? at = null) =>
        Letter.Of(type, alignment, became, deployment, at ?? Now).Select(letter => letter.Kind);
}
