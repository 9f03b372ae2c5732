using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Targets reached by a real sshd: upload, commands, and what happens when the host is not who it was.</summary>
[Hub.TakesLong(90)]
public sealed class DeployingOverSsh(TestHub hub) : IClassFixture<TestHub>
{
    private const string Install = "- { name: Install, uses: ssh, with: { command: 'cp package installed; echo \"$GREETING from $(pwd)\"', environment: { GREETING: \"it's here\" } }, timeout: 1m }";

    [Fact]
    public async Task An_artefact_is_brought_and_a_command_run_in_the_target_s_directory()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync();
        using var estate = await Estate.RegisterAsync(hub, Install, targets: 0);
        await estate.RegisterTargetAsync("host-1", ConnectionTo(sshd, estate));
        await using var worker = Worker(sshd);

        var run = await estate.StartAsync();
        await EndsAsync(estate, run);

        (await estate.RunAsync(run)).OpenHalt?.Sentence.ShouldBeNull();
        (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf("host-1"), "installed"))).ShouldBe("1.0.0");
        (await hub.AsSystem.Send(new ListLogLines(run, Text: "it's here from"))).ShouldHaveSingleItem().Text.ShouldEndWith(estate.PlaceOf("host-1"));
    }

    [Fact]
    public async Task A_host_that_shows_another_key_is_refused_before_anything_is_changed()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync();
        using var estate = await Estate.RegisterAsync(hub, Install, targets: 0);
        await estate.RegisterTargetAsync("host-1", ConnectionTo(sshd, estate));
        await sshd.ChangeHostKeyAsync();
        await using var worker = Worker(sshd);

        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);

        var halt = (await estate.RunAsync(run)).OpenHalt!;
        halt.Cause.ShouldBe(HaltCause.IdentityMismatch);
        halt.Stage.ShouldBe(Stage.VerifyEnvironment);
        halt.Sentence.ShouldContain(sshd.HostKey);
    }

    [Fact]
    public async Task A_command_that_goes_on_alone_ends_well_though_its_connection_broke_and_ran_once()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.5.1");
        using var estate = await Estate.RegisterAsync(
            hub, "- { name: Long, uses: ssh, with: { command: 'echo once >> journal; echo first; until [ -e go ]; do sleep 0.1; done; echo last' }, timeout: 5m }", targets: 0);
        var place = Directory.CreateDirectory(estate.PlaceOf("host-1")).FullName;
        await estate.RegisterTargetAsync("host-1", sshd.ConnectionTo(place));
        await using var worker = Worker(sshd);

        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("host-1").Length > 0), "the command runs", 90);
        sshd.DropConnections();
        await File.WriteAllTextAsync(Path.Combine(place, "go"), "");
        await EndsAsync(estate, run);

        (await estate.RunAsync(run)).OpenHalt?.Sentence.ShouldBeNull();
        estate.Journal("host-1").ShouldBe(["once"]);
        foreach (var line in (string[])["first", "last"]) (await hub.AsSystem.Send(new ListLogLines(run, Text: line))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_command_that_goes_on_alone_is_ended_when_its_time_is_over()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.5.2");
        using var estate = await Estate.RegisterAsync(hub, "- { name: Endless, uses: ssh, with: { command: 'echo $$ >> journal; sleep 300 & sleep 300', detached: true }, timeout: 5s }", targets: 0);
        await estate.RegisterTargetAsync("host-1", sshd.ConnectionTo(Directory.CreateDirectory(estate.PlaceOf("host-1")).FullName));
        await using var worker = Worker(sshd);

        var run = await estate.StartAsync();
        await EndsAsync(estate, run);

        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.StepTimedOut);
        var status = $"/proc/{estate.Journal("host-1").ShouldHaveSingleItem()}/stat";
        await TestHub.Until(async () => !File.Exists(status) || (await File.ReadAllTextAsync(status)).Contains(") Z ", StringComparison.Ordinal), "its processes are gone");
    }

    [Fact]
    public async Task A_fleet_is_deployed_to_in_batches_over_one_connection_for_each_host()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        var fleet = new List<TestSshd>();
        try
        {
            foreach (var number in Enumerable.Range(1, 10)) fleet.Add(await TestSshd.StartAsync($"127.0.6.{number}"));
            using var estate = await Estate.RegisterAsync(
                hub, "- { name: Install, uses: ssh, with: { command: 'cp package installed; echo once >> journal' }, timeout: 1m }\n- { name: Again, uses: ssh, with: { command: 'test -e installed' }, timeout: 1m }",
                targets: 0, batches: 4);
            foreach (var (sshd, number) in fleet.Select((sshd, index) => (sshd, index + 1)))
                await estate.RegisterTargetAsync($"host-{number}", sshd.ConnectionTo(Directory.CreateDirectory(estate.PlaceOf($"host-{number}")).FullName, $"key-{number}"));
            await using var worker = DeployHubProcess.Start(
                fleet.Select((sshd, index) => KeyValuePair.Create($"DeployHub__Secrets__key-{index + 1}", sshd.Key))
                    .Append(new("ConnectionStrings__DeployHub", hub.ConnectionString)).ToDictionary(),
                "--roles", "worker");

            var run = await estate.StartAsync();
            await TestHub.Until(async () => (await estate.RunAsync(run)).Status is RunStatus.Succeeded or RunStatus.Halted, $"{run} ends", 300);

            (await estate.RunAsync(run)).OpenHalt?.Sentence.ShouldBeNull();
            foreach (var number in Enumerable.Range(1, 10)) estate.Journal($"host-{number}").ShouldBe(["once"]);
            fleet.ShouldAllBe(sshd => sshd.SignIns == 1); // for all commands from the first stage to the last, and for the file
        }
        finally
        {
            await Task.WhenAll(fleet.Select(sshd => sshd.DisposeAsync().AsTask()));
        }
    }

    private static SshConnection ConnectionTo(TestSshd sshd, Estate estate)
    {
        var directory = Directory.CreateDirectory(estate.PlaceOf("host-1")).FullName;
        return new SshConnection("127.0.0.1", sshd.Port, System.Environment.UserName, sshd.HostKey, "ssh-key", directory);
    }

    private static Task EndsAsync(Estate estate, string run) =>
        TestHub.Until(async () => (await estate.RunAsync(run)).Status is RunStatus.Succeeded or RunStatus.Halted, $"{run} ends", 90);

    private DeployHubProcess Worker(TestSshd sshd) => DeployHubProcess.Start(
        new Dictionary<string, string> { ["ConnectionStrings__DeployHub"] = hub.ConnectionString, ["DeployHub__Secrets__ssh-key"] = sshd.Key }, "--roles", "worker");
}
