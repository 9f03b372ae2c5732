using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Targets reached by a real sshd: upload, commands, and what happens when the host is not who it was.</summary>
public sealed class DeployingOverSsh(TestHub hub) : IClassFixture<TestHub>
{
    private const string Install = "- { name: Install, uses: ssh, with: { command: 'cp package installed; echo \"$GREETING from $(pwd)\"', environment: { GREETING: \"it's here\" } }, timeout: 1m }";

    [Fact]
    public async Task An_artefact_is_brought_and_a_command_run_in_the_target_s_directory()
    {
        Assert.SkipUnless(TestSshd.IsInstalled && System.Environment.UserName is "root", "Needs sshd, and root to start one that lets anybody in.");
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
        Assert.SkipUnless(TestSshd.IsInstalled && System.Environment.UserName is "root", "Needs sshd, and root to start one that lets anybody in.");
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
