using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Features.Inbox;
using DeployHub.Web.Pages.Inbox;

namespace DeployHub.UnitTests.Inbox;

public sealed class OrderingTheInbox
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Ana = new("ana", "Ana"), Otto = new("otto", "Otto");

    [Fact]
    public void What_is_due_first_is_on_top_and_what_others_are_named_for_comes_last()
    {
        var items = InboxOrder.Of([Item("late", Now.AddHours(3)), Item("others", Now.AddHours(-9)) with { IsForOthers = true }, Item("whenever", null), Item("missed", Now.AddHours(-1)), Item("soon", Now.AddHours(1))], Now);

        items.Select(item => item.Subject).ShouldBe(["missed", "soon", "late", "whenever", "others"]);
        items.Select(item => item.IsOverdue).ShouldBe([true, false, false, false, true]);
    }

    [Fact]
    public void Every_kind_has_its_word() =>
        Enum.GetValues<InboxKind>().Select(InboxWords.Of).ShouldBeUnique();

    [Fact]
    public void What_one_decided_this_month_is_told_with_the_median()
    {
        Approval[] approvals = [Decided(Ana, 20), Decided(Ana, 34), Decided(Ana, 90), Decided(Otto, 1), Decided(Ana, 5, daysAgo: 40), new Approval { Number = 9, Quality = ApproverQuality.Peer, AskedAt = Now }];

        DecisionPace.Of(approvals, Ana, Now.AddDays(-22)).InWords.ShouldBe("You decided 3 this month, median 34 min.");
        new DecisionPace(2, TimeSpan.Zero).InWords.ShouldBe("You decided 2 this month, median under a minute.");
        DecisionPace.Of([], Ana, Now).InWords.ShouldBe("You decided nothing this month.");
        DecisionPace.Of([new Approval { Number = 1, Quality = ApproverQuality.Peer, DecidedBy = Ana, DecidedAt = Now }], Ana, Now).InWords.ShouldBe("You decided 1 this month.", "approvals from before it was kept do not say since when they waited");
    }

    private static InboxItem Item(string subject, DateTimeOffset? due) => new(InboxKind.Approval, subject, "", "", due, "/");

    private static Approval Decided(Actor by, int minutes, int daysAgo = 1) => new()
    {
        Number = 1,
        Quality = ApproverQuality.Peer,
        Status = ApprovalStatus.Approved,
        AskedAt = Now.AddDays(-daysAgo),
        DecidedBy = by,
        DecidedAt = Now.AddDays(-daysAgo).AddMinutes(minutes),
    };
}
