namespace DeployHub.Domain.Inventory.Testing;

/// <summary>What became of the tests of one suite.</summary>
/// <param name="FailedTests">Names of the first of those that failed.</param>
public sealed record TestResults(int Passed, int Failed, int Skipped, IReadOnlyList<string> FailedTests)
{
    public const int MostNamed = 20;
    public const int LongestName = 200;

    public int All => Passed + Failed + Skipped;
}
