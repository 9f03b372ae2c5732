using DeployHub.Domain.Runs;
using DeployHub.Web.Pages.Runs;

namespace DeployHub.UnitTests.Pages;

public sealed class SayingHowLong
{
    [Theory]
    [InlineData(240, 420, 180, "Usually 4–7 min; about 3 min left")]
    [InlineData(300, 310, 300, "Usually 5 min; about 5 min left")]
    [InlineData(20, 45, 12, "Usually 20–45 s; about 12 s left")]
    [InlineData(3600, 9000, 7300, "Usually 1–2 h; about 2 h left")]
    public void Says_the_band_and_what_is_left(int half, int most, int left, string sentence) => Eta.Sentence(Of(half, most, left, left)).ShouldBe(sentence);

    [Fact]
    public void Says_when_it_takes_longer_than_usual() => Eta.Sentence(Of(240, 420, 0, 0)).ShouldBe("Usually 4–7 min; longer than usual by now");

    [Fact]
    public void Says_what_is_left_at_most_when_half_of_them_were_over() => Eta.Sentence(Of(240, 420, 0, 120)).ShouldBe("Usually 4–7 min; at most 2 min left");

    [Fact]
    public void Says_nothing_of_what_is_left_while_nothing_moves() => Eta.Sentence(Of(240, 420, null, null)).ShouldBe("Usually 4–7 min");

    private static Projection Of(int half, int most, int? left, int? leftAtMost) => new(
        TimeSpan.FromSeconds(half), TimeSpan.FromSeconds(most), left is null ? null : TimeSpan.FromSeconds(left.Value), leftAtMost is null ? null : TimeSpan.FromSeconds(leftAtMost.Value), 5);
}
