namespace DeployHub.Benchmarks;

internal static class Pages
{
    public static Task RunAsync() => Task.CompletedTask;
}
