using System.ComponentModel;
using System.Diagnostics;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Editor;

/// <summary>What the editor knows of a document is tested where it runs: <c>node --test</c> runs the files beside this one.</summary>
public sealed class RunningItsTests
{
    [Theory]
    [InlineData("proposals")]
    [InlineData("meaning")]
    [InlineData("kept")]
    public async Task Node_finds_no_fault(string name)
    {
        var file = Path.Combine(Written.Root, "tests", "DeployHub.UnitTests", "Editor", $"{name}.test.mjs");
        using var node = Start(file);
        Assert.SkipWhen(node is null, "Node is not installed here; the build has the bundle already.");

        var said = await node!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.ShouldBe(0, said);
    }

    private static Process? Start(string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", ["--test", file]) { RedirectStandardOutput = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
