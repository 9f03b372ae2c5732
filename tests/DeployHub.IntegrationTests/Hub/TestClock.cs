namespace DeployHub.IntegrationTests.Hub;

/// <summary>The real clock, moved ahead as far as a test says. Timers run in real time, so hosted work goes on.</summary>
public sealed class TestClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
