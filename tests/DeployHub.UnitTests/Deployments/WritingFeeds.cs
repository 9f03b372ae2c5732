using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments.Feeds;
using DeployHub.UnitTests.Runs;
using Ical.Net.CalendarComponents;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What calendar programs read (RFC 5545): written by us, read back by the library's other half.</summary>
public sealed class WritingFeeds
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia");

    [Fact]
    public void A_slot_comes_back_as_it_was()
    {
        var entry = FeedEntries.Of(Planned(), "Shop", "Production", Now);
        var read = ReadBack(entry);

        read.Uid.ShouldEndWith("@deployhub");
        (read.Start!.AsUtc, read.End!.AsUtc).ShouldBe((new DateTime(2026, 12, 3, 20, 0, 0, DateTimeKind.Utc), new DateTime(2026, 12, 3, 21, 0, 0, DateTimeKind.Utc)));
        (read.Status, read.Transparency, read.Sequence).ShouldBe(("TENTATIVE", "OPAQUE", 1));
        read.Summary.ShouldBe("DEP-2026-000001 web; 1.1.0, now");
        read.Url!.ToString().ShouldBe("https://hub.example.org/deployments/DEP-2026-000001");
        (read.DtStamp!.AsUtc, read.LastModified!.AsUtc).ShouldBe((Now.UtcDateTime, Now.UtcDateTime));
    }

    [Fact]
    public void The_sequence_grows_with_each_reschedule_and_the_identifier_stays()
    {
        var deployment = Planned();
        deployment.Submit([ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        var before = FeedEntries.Of(deployment, "Shop", "Production", Now);

        deployment.Reschedule(new Slot(Now.AddDays(20), Now.AddDays(20).AddHours(1)), "The partner is ready later.", Mia, Now).Error.ShouldBeNull();
        var moved = FeedEntries.Of(deployment, "Shop", "Production", Now);
        deployment.Cancel("Not needed any more.", Mia, Now).Error.ShouldBeNull();
        var cancelled = FeedEntries.Of(deployment, "Shop", "Production", Now);

        (moved.Uid, cancelled.Uid).ShouldBe((before.Uid, before.Uid));
        moved.Sequence.ShouldBeGreaterThan(before.Sequence);
        cancelled.Sequence.ShouldBeGreaterThan(moved.Sequence);
        ReadBack(cancelled).Status.ShouldBe("CANCELLED");
    }

    [Fact]
    public void Text_is_escaped_and_lines_are_folded_at_75_octets()
    {
        const string said = "Semi; comma, back\\slash\nnext line: ünïcödé 𝄞 " + "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789";
        var entry = new FeedEntry("one@deployhub", 1, Now, Now.AddHours(1), said, said, EntryStatus.Confirmed, Now, null, "Deployment");
        var text = FeedText.Write("A; b, c", [entry], null);

        text.ShouldContain("\r\n");
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        text.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        text.ShouldContain("X-WR-CALNAME:A\\; b\\, c");
        (ReadBack(entry).Summary, ReadBack(entry).Description).ShouldBe((said, said));
    }

    [Fact]
    public void A_window_keeps_nobody_busy() =>
        ReadBack(new FeedEntry("w@deployhub", 1, Now, Now.AddHours(3), "Window: Evenings", "", EntryStatus.Confirmed, Now, null, "Window") { IsTransparent = true }).Transparency.ShouldBe("TRANSPARENT");

    [Theory]
    [InlineData(2027, 3, 28)] // clocks go forward in Europe
    [InlineData(2027, 10, 31)] // and back
    public void Instants_are_the_same_when_clocks_change(int year, int month, int day)
    {
        var start = new DateTimeOffset(year, month, day, 0, 30, 0, TimeSpan.Zero);
        var read = ReadBack(new FeedEntry("c@deployhub", 1, start, start.AddHours(2), "Across", "", EntryStatus.Confirmed, Now, null, "Deployment"));

        (read.Start!.AsUtc, read.End!.AsUtc).ShouldBe((start.UtcDateTime, start.AddHours(2).UtcDateTime));
    }

    [Fact]
    public void The_same_entries_give_the_same_bytes()
    {
        FeedEntry[] entries = [FeedEntries.Of(Planned(), "Shop", "Production", Now)];
        FeedText.Write("A", entries, null).ShouldBe(FeedText.Write("A", entries, null));
    }

    private static CalendarEvent ReadBack(FeedEntry entry) => Ical.Net.Calendar.Load(FeedText.Write("Ours", [entry], new Uri("https://hub.example.org")))!.Events.ShouldHaveSingleItem();

    private static Deployment Planned() => Deployment.Create(
        "DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web; 1.1.0, now", "", Given.Plan, new Slot(new(2026, 12, 3, 20, 0, 0, TimeSpan.Zero), new(2026, 12, 3, 21, 0, 0, TimeSpan.Zero)), Mia, Now);
}
