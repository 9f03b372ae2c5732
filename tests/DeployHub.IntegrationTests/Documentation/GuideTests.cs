using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DeployHub.IntegrationTests.Documentation;

/// <summary>The commands of the guide, exactly as they stand there, against the real program with its demo.</summary>
[Hub.TakesLong(55)]
public sealed partial class GuideTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-guide-{Guid.NewGuid():N}");

    [Fact]
    public async Task Deployments_are_carried_out_with_curl_alone_pushed_and_pulled()
    {
        var settings = new Dictionary<string, string> { ["DeployHub__DataDirectory"] = _directory };
        await using var deployHub = DeployHubProcess.Start(settings, "--urls", "http://127.0.0.1:0");
        var script = string.Concat(ShellBlocks().Matches(await File.ReadAllTextAsync(Page("deploy-with-curl.md")) + await File.ReadAllTextAsync(Page("pull.md"))).Select(block => block.Groups[1].Value));

        var (exitCode, output) = await RunAsync(script, await deployHub.ReadyAsync());

        exitCode.ShouldBe(0, output);
        output.ShouldContain("Hello 1.0.0");
        output.ShouldContain("All four stages passed.");
        output.ShouldEndWith("kiosk-1: Verified\nkiosk-2: Verified\nkiosk-3: Deferred\nkiosk-4: Verified\n");
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string script, string hub)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\n{script}"]) { RedirectStandardOutput = true };
        start.Environment["HUB"] = hub;
        using var bash = Process.Start(start)!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output);
    }

    private static string Page(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "guide", name));

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlocks();
}
