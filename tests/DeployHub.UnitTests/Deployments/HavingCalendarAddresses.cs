using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Feeds;

namespace DeployHub.UnitTests.Deployments;

/// <summary>The secret part of calendar addresses.</summary>
public sealed class HavingCalendarAddresses
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia");

    [Fact]
    public void Only_the_digest_is_kept_and_renewing_makes_the_one_before_worthless()
    {
        var feed = CalendarFeed.Create("dhc_one", Mia, Now).Value;
        feed.TokenDigest.ShouldBe(Digest.OfText("dhc_one"));

        feed.Renew("dhc_two", Mia, Now.AddDays(1)).Error.ShouldBeNull();
        feed.TokenDigest.ShouldBe(Digest.OfText("dhc_two"));

        feed.End().Error.ShouldBeNull();
        feed.TokenDigest.ShouldBeNull();
        feed.End().Error.ShouldBe(FeedErrors.NoFeed);
    }

    [Fact]
    public void Programs_have_none_and_a_token_makes_none()
    {
        CalendarFeed.Create("dhc_one", new Actor("ci", "CI", ActorKind.Machine), Now).Error.ShouldBe(FeedErrors.OfPeople);
        CalendarFeed.Create("dhc_one", Mia with { Via = "laptop" }, Now).Error.ShouldBe(FeedErrors.ByToken);
    }
}
