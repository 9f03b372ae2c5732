using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Aligning;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Partners;

/// <summary>What a mail server finds that was away: letters about what is over stay here with the reason, and one that cannot be written holds up no other.</summary>
public sealed class LettersAfterAnOutage(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task What_was_answered_withdrawn_or_too_late_meanwhile_is_not_sent_and_says_why()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        await using var boxes = new MailBoxes();
        await hub.NameMailServerAsync(boxes.Port);
        var approver = await hub.PersonFor(Role.Approver);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var bank = await BankAsync(estate);
        var (answered, cancelled, late, asked) = (await PlanAsync(estate, 9), await PlanAsync(estate, 11), await PlanAsync(estate, 13), await PlanAsync(estate, 15));
        await hub.PassOnAsync(sendsMail: true);
        (await hub.As(Role.ReleaseManager).Send(new RecordAlignmentAnswer(answered, 1, AlignmentReply.Agree, "Petra", AnswerWay.Phone))).Done();
        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(cancelled, "Not needed any more."))).Done();
        await PassDeadlineAsync(late);

        await boxes.UpAsync();
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("outage"), MailServers.Address);
        await TestHub.Until(async () => (await LettersAsync()).Where(row => row.Type == EventTypes.AlignmentRequested).All(row => row.DueAt is null), "each letter is settled", 60);

        (await WhyNotAsync(answered)).ShouldStartWith("Not sent: it was answered on ");
        (await WhyNotAsync(cancelled)).ShouldBe("Not sent: it is cancelled by now.");
        (await WhyNotAsync(late)).ShouldStartWith("Not sent: the time to answer passed on ");
        boxes.Taken.ShouldContain(mail => mail.To == $"petra@{bank}.example" && mail.Raw.Contains(asked, StringComparison.Ordinal));
        boxes.Taken.ShouldNotContain(mail => mail.To == $"petra@{bank}.example" && (mail.Raw.Contains(answered, StringComparison.Ordinal) || mail.Raw.Contains(late, StringComparison.Ordinal)));
        await TestHub.Until(async () => (await ToApproverAsync()).All(row => row.DueAt is null), "the approver’s mails are settled", 60);
        (await ToApproverAsync()).Single(row => row.Subject == cancelled).Answer.ShouldBe("Not sent: nobody is asked for that any more.");
        boxes.Taken.ShouldContain(mail => mail.To == approver.Email && mail.Raw.Contains(asked, StringComparison.Ordinal));
        using var browser = await hub.BrowserFor(Role.Administrator);
        (await browser.Read("/admin/deliveries?mail=true")).ShouldContain("it is cancelled by now");
        (await hub.Database(db => db.PartnerLinks.CountAsync(link => link.DeliveryId != null && db.Organisations.Any(known => known.Id == link.OrganisationId && known.Key == bank)))).ShouldBe(1, "nobody got the others");

        async Task<IReadOnlyList<ListDeliveries.Row>> ToApproverAsync() =>
            [.. (await hub.AsSystem.Send(new ListDeliveries(Mail: true, Limit: 200))).Done().Rows.Where(row => row.To == approver.Name && row.Type == "deployment.submitted")];

        async Task<string> WhyNotAsync(string number) =>
            (await LettersAsync()).Single(row => row.Subject == number && row.Type == EventTypes.AlignmentRequested) is { Status: DeliveryStatus.GivenUp, Answer: { } why } ? why : "";
    }

    [Fact]
    public async Task A_letter_that_cannot_be_written_is_tried_so_often_and_set_aside_and_holds_up_no_other()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        await using var boxes = new MailBoxes();
        await boxes.UpAsync();
        await hub.NameMailServerAsync(boxes.Port);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        var bank = await BankAsync(estate);
        var (broken, sound) = (await PlanAsync(estate, 9), await PlanAsync(estate, 11));
        await hub.PassOnAsync(sendsMail: true);
        await hub.Database(db => db.Database.ExecuteSqlAsync($"""update deliveries set body = replace(body, '"alignment":1', '"alignment":99') where subject = {broken} and organisation_id is not null"""));

        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("unwritten"), MailServers.Address);
        await TestHub.Until(async () => (await LetterAsync(broken)) is { Tries: 1, Status: DeliveryStatus.Waiting, Answer: { } answer } && answer.StartsWith("It could not be written: ", StringComparison.Ordinal), "it waits with the reason", 60);
        await TestHub.Until(() => Task.FromResult(boxes.Taken.Any(mail => mail.To == $"petra@{bank}.example" && mail.Raw.Contains(sound, StringComparison.Ordinal))), "the other one is sent", 30);

        await hub.Database(db => db.Database.ExecuteSqlAsync($"update deliveries set tries = 5, due_at = now() where subject = {broken} and organisation_id is not null"));
        await TestHub.Until(async () => (await LetterAsync(broken)) is { Tries: 6, Status: DeliveryStatus.GivenUp, DueAt: null }, "it is set aside", 30);
    }

    [Fact]
    public async Task Everybody_is_reminded_however_many_are_due_and_each_once()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        await BankAsync(estate);
        var number = await PlanAsync(estate, 9);
        var asked = (await hub.AsSystem.Send(new ListAlignments(number))).Done().Requests.Single();
        await hub.Database(db => db.Database.ExecuteSqlAsync(
            $"""
            insert into deployments select (jsonb_populate_record(known, jsonb_build_object('id', gen_random_uuid(), 'number', 'DEP-2099-' || lpad(copy::text, 6, '0')))).*
            from deployments known, generate_series(1, 620) copy where known.number = {number}
            """));

        (await RemindedAsync()).ShouldBe(621);
        (await RemindedAsync()).ShouldBe(621);

        async Task<int> RemindedAsync()
        {
            await hub.RemindAsync(asked.Deadline.AddMinutes(-5));
            return await hub.Database(db => db.Happenings.CountAsync(happening => happening.Type == EventTypes.AlignmentReminder && (happening.Subject == number || happening.Subject.StartsWith("DEP-2099-"))));
        }
    }

    [Fact]
    public async Task Silence_counts_only_where_a_letter_arrived()
    {
        await hub.NameMailServerAsync(9);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Note it", "true"), isLive: true);
        await BankAsync(estate, SilencePolicy.CountsAsAgreed);
        var (unasked, unreached, reached) = (await PlanAsync(estate, 9), await PlanAsync(estate, 11), await PlanAsync(estate, 13));
        await hub.PassOnAsync(sendsMail: true);
        await hub.Database(db => db.Database.ExecuteSqlAsync($"update deliveries set status = 'Delivered', due_at = null where subject = {reached} and organisation_id is not null"));
        await hub.Database(db => db.Database.ExecuteSqlAsync($"update happenings set due_at = now() where subject = {unasked} and type = 'alignment.requested'"));
        foreach (var number in new[] { unasked, unreached, reached }) await PassDeadlineAsync(number);
        while (await MissOneAsync())
        {
        }

        (await BlocksAsync(unasked), await BlocksAsync(unreached), await BlocksAsync(reached)).ShouldBe((true, true, false));

        Task<bool> MissOneAsync() => hub.Database(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var isOne = await db.MissOneDeadlineAsync(hub.Clock.GetUtcNow(), CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return isOne;
        });

        async Task<bool> BlocksAsync(string number) => (await hub.AsSystem.Send(new ListAlignments(number))).Done().Requests.Single() is { Status: AlignmentStatus.NoResponse, SilenceBlocks: true };
    }

    private Task<string> BankAsync(Estate estate, SilencePolicy silence = SilencePolicy.BlocksFromMediumRisk) => hub.RegisterBankAsync(estate, silence, "Petra");

    /// <param name="hour">Of the first Tuesday that is two weeks ahead, by the bank's clock.</param>
    private async Task<string> PlanAsync(Estate estate, int hour)
    {
        var start = hub.OnATuesday(hour);
        var mia = hub.As(Role.ReleaseManager);
        var number = (await mia.Send(new CreateDeployment(estate.Plan("1.0.0") with { SlotStart = start, SlotEnd = start.AddHours(1) }, "Payment file"))).Done();
        (await mia.Send(new SubmitDeployment(number))).Done();
        return number;
    }

    /// <summary>As though days had gone by.</summary>
    private Task<int> PassDeadlineAsync(string number) => hub.Database(db => db.Database.ExecuteSqlAsync(
        $$"""update deployments set alignments = jsonb_set(alignments, '{0,deadline}', to_jsonb(now() - interval '1 day')), alignment_due_at = now() - interval '1 day' where number = {{number}}"""));

    private async Task<ListDeliveries.Row> LetterAsync(string number) => (await LettersAsync()).Single(row => row.Subject == number && row.Type == EventTypes.AlignmentRequested);

    private async Task<IReadOnlyList<ListDeliveries.Row>> LettersAsync() =>
        [.. (await hub.AsSystem.Send(new ListDeliveries(Mail: true, Limit: 200))).Done().Rows.Where(row => row.To == "Petra (Partner bank)")];
}
