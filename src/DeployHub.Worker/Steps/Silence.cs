using DeployHub.Domain;

namespace DeployHub.Worker.Steps;

/// <summary>A program that prints nothing would leave an empty log, as if it had never run.</summary>
internal static class Silence
{
    public static void Tell(IStepLog log, string program, int exitCode, TimeSpan took) =>
        log.Write(LogStream.Hub, $"{program} printed nothing and ended with exit code {exitCode} after {Words.Of(took)}.");
}
