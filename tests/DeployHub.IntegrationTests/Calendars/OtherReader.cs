using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DeployHub.IntegrationTests.Calendars;

/// <summary>Reads calendars with ical.js, so that not the library that wrote a feed says that it is right.</summary>
internal static class OtherReader
{
    public const string Why = "Needs Node 20 or newer, with ical.js in src/DeployHub.Web/node_modules.";

    public static bool CanRead => File.Exists(Library) && HasNode();

    private static string Library => Path.GetFullPath(Path.Combine(Here(), "../../../src/DeployHub.Web/node_modules/ical.js/dist/ical.js"));

    public static async Task<JsonElement> ReadAsync(string calendar)
    {
        using var node = Process.Start(Node(Path.Combine(Here(), "read-feed.mjs"), Library))!;
        await node.StandardInput.WriteAsync(calendar);
        node.StandardInput.Close();
        var (said, complaint) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, await complaint);
        return JsonDocument.Parse(await said).RootElement;
    }

    private static bool HasNode()
    {
        try
        {
            using var node = Process.Start(Node("--version"))!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static ProcessStartInfo Node(params string[] arguments) => new("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
