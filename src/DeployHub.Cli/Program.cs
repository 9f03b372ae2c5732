using System.Text;

namespace DeployHub.Cli;

internal static class Program
{
    public static Task<int> Main(string[] arguments)
    {
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = Encoding.UTF8;
        return CommandLine.RunAsync(arguments, Console.Out, Console.Error);
    }
}
