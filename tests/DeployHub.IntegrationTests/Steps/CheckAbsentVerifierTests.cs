using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>It only looks; how each kind of fact is read is tested elsewhere, and containers beside their removal.</summary>
public sealed class CheckAbsentVerifierTests : ExecutorContract
{
    private static readonly WatchedFact Notes = new(FactKind.File, "notes");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckAbsent([Notes, new(FactKind.Component, "shop-web", "current"), new(FactKind.Port, "1")]);

    protected override (StepSettings, string[])? Failing => (new CheckAbsent([new(FactKind.File, "there")]), ["web-1", "still has file there", "roll back"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    protected override Task PrepareAsync() => File.WriteAllTextAsync(Bench.OnTarget("there"), "still");

    [Fact]
    public async Task All_that_is_left_is_told_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var failed = await FailsAsync(new CheckAbsent([new(FactKind.File, "there"), Notes, new(FactKind.Port, port)]));

        failed.Cause.ShouldBe(HaltCause.VersionMismatchAfter);
        failed.Reason.ShouldContain($"port {port} (open)");
        failed.Evidence.Select(evidence => (evidence.Name, evidence.Value)).ShouldContain(("file notes", "absent"));
    }

    [Fact]
    public async Task A_folder_and_a_link_are_something()
    {
        Directory.CreateDirectory(Bench.OnTarget("folder/settings.json"));
        File.CreateSymbolicLink(Bench.OnTarget("current"), "releases/1.0.0");

        var folder = await FailsAsync(new CheckAbsent([new(FactKind.File, "folder"), Notes]));
        folder.Cause.ShouldBe(HaltCause.VersionMismatchAfter);
        folder.Reason.ShouldContain("web-1 still has file folder (folder is a folder, and no file)");
        (await FailsAsync(new CheckAbsent([new(FactKind.Component, "shop-web", "folder")]))).Reason.ShouldContain("folder is a folder, and neither a link nor a file");
        (await VisitAsync(new CheckAbsent([new(FactKind.Setting, "port", "folder/settings.json")]))).ShouldBeOfType<StepOutcome.Inconclusive>("a folder in the place of a file says nothing of a setting");
        (await VisitAsync(new CheckAbsent([new(FactKind.File, "current")]))).ShouldNotBeOfType<StepOutcome.Succeeded>("it leads nowhere, and is there");
        (await FailsAsync(new CheckAbsent([new(FactKind.Component, "shop-web", "current")]))).Reason.ShouldContain("component shop-web (1.0.0)");
    }

    [Fact]
    public async Task Where_only_people_come_or_what_was_filled_in_cannot_be_read_it_is_no_pass()
    {
        (await Bench.VisitAsync(Working, new ManualConnection())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("Let a person look with a manual step.");
        (await FailsAsync(new CheckAbsent([new(FactKind.Port, "http")]))).Reason.ShouldBe("The port http cannot be looked at: A port is a number from 1 to 65535.");
        (await FailsAsync(new CheckAbsent(Containers: ["shop"], Engine: "nowhere"))).Reason.ShouldContain("is no address of a container engine");
    }
}
