using System.Diagnostics;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Processes that something else started for a test.</summary>
internal static class TestProcess
{
    public static void End(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException) { } // it has ended by itself
    }
}
