using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Deployments;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Notifications;

/// <summary>On a hub of its own, whose clock it moves: a worker's does not move with it.</summary>
public sealed class ChattingByTheClock(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Quiet_hours_and_the_message_of_the_day_hold_for_a_chat_as_for_mails()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var here = new RoleGrant(Role.Approver, ApproverQuality.ServiceOwner, Service: estate.Name);
        var (quiet, daily) = (await hub.NewPerson("Quiet", here), await hub.NewPerson("Daily", here));
        var now = hub.Clock.GetUtcNow();
        (await hub.As(quiet).Send(new ChooseNotifications(QuietFrom: TimeOnly.FromDateTime(now.UtcDateTime.AddHours(-1)), QuietUntil: TimeOnly.FromDateTime(now.UtcDateTime.AddHours(2))))).Done();
        foreach (var (person, timing) in new[] { (quiet, MailTiming.AtOnce), (daily, MailTiming.OnceADay) })
        {
            (await hub.As(person).Send(new ChoosePersonalChat(WebhookKind.Slack, "https://hooks.slack.com/services/T0/B0/x", Actionable: timing))).Done();
            await hub.Database(db => db.PersonalChats.Where(chat => chat.Person == person.Id).ExecuteUpdateAsync(set => set.SetProperty(chat => chat.WorksSince, now)));
        }

        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await hub.PassOnAsync(sendsMail: true);
        var told = (await DeliveriesAsync()).Where(delivery => delivery.Channel == "slack" && delivery.Subject == number).ShouldHaveSingleItem();
        told.To.ShouldBe("Quiet");
        told.DueAt!.Value.ShouldBeInRange(now.AddMinutes(110), now.AddMinutes(125));

        hub.Clock.Advance(TimeSpan.FromDays(1));
        await hub.WriteDigestsAsync();
        (await DeliveriesAsync()).Count(delivery => delivery is { To: "Daily", Channel: "slack", Type: "digest.daily" }).ShouldBe(1);
        (await DeliveriesAsync()).ShouldNotContain(delivery => delivery.To == "Daily" && delivery.Channel == "mail" && delivery.Type == "digest.daily", "by mail it came at once");
    }

    private async Task<IReadOnlyList<ListDeliveries.Row>> DeliveriesAsync() => (await hub.AsSystem.Send(new ListDeliveries(Limit: 200))).Done().Rows;
}
