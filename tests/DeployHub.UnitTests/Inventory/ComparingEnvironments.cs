using DeployHub.Domain.Inventory;

namespace DeployHub.UnitTests.Inventory;

public sealed class ComparingEnvironments
{
    [Theory]
    [InlineData("", "1", Standing.Empty)]
    [InlineData("1", null, Standing.First)]
    [InlineData("1", "", Standing.Ahead)]
    [InlineData("1", "1", Standing.Same)]
    [InlineData("1 2", "2 1", Standing.Same)]
    [InlineData("2", "1", Standing.Ahead)]
    [InlineData("1", "2", Standing.Behind)]
    [InlineData("1 2", "2", Standing.Mixed)]
    [InlineData("1 2", "3", Standing.Behind)]
    public void Newer_means_registered_later(string here, string? before, Standing expected) =>
        Standings.Of(Versions(here), before is null ? null : Versions(before)).ShouldBe(expected);

    private static Dictionary<string, DateTimeOffset> Versions(string labels) =>
        labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(label => label, label => DateTimeOffset.UnixEpoch.AddDays(int.Parse(label)));
}
