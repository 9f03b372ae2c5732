using DeployHub.Domain.Notifications;

namespace DeployHub.UnitTests.Notifications;

public sealed class SettingAside
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 10), InlineData(2, 20), InlineData(3, 40), InlineData(6, 320), InlineData(7, 600), InlineData(11, 600)]
    public void Each_pause_is_twice_the_one_before_up_to_ten_minutes(int tries, int seconds) => Happening.NextTry(tries, Now).ShouldBe(Now.AddSeconds(seconds));

    [Theory]
    [InlineData(Happening.MostTries), InlineData(Happening.MostTries + 5)]
    public void After_so_many_tries_it_is_set_aside(int tries) => Happening.NextTry(tries, Now).ShouldBeNull();
}
