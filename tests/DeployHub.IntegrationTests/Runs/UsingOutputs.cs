using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Steps on a real sshd and on the worker's machine that say something for those after them.</summary>
public sealed class UsingOutputs(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task What_commands_say_decides_and_fills_the_steps_after_them()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.5.9");
        using var estate = await Estate.RegisterAsync(
            hub,
            """
            - { name: Short, key: short, uses: ssh, with: { command: 'echo "address=not this"; echo "address=10.0.0.7" >> "$DEPLOYHUB_OUTPUT"; echo "changes=2" >> "$DEPLOYHUB_OUTPUT"', outputs: [address, changes] }, timeout: 1m }
            - { name: Long, key: long, uses: ssh, with: { command: 'printf "text<<END\none\ntwo %s\nEND\nextra=1\n" "$FROM" >> "$DEPLOYHUB_OUTPUT"', environment: { FROM: '${step.short.address}' }, outputs: [text], detached: true }, timeout: 5m }
            - { name: Local, key: local, uses: script, with: { command: [sh, -c, 'echo "token=$TOKEN" >> "$DEPLOYHUB_OUTPUT"'], environment: { TOKEN: '${secret:planted}' }, outputs: [token] }, timeout: 1m }
            - { name: Left out, uses: ssh, when: '${step.short.changes} == 0', with: { command: exit 1 }, timeout: 1m }
            - { name: Apply, uses: ssh, when: "${step.short.changes} > 1 && contains(${step.long.text}, 'two')", with: { command: 'echo "$TEXT" >> journal', environment: { TEXT: '${step.long.text}' } }, timeout: 1m }
            """,
            targets: 0);
        await estate.RegisterTargetAsync("host-1", sshd.ConnectionTo(Directory.CreateDirectory(estate.PlaceOf("host-1")).FullName));
        await using var worker = DeployHubProcess.Start(
            new Dictionary<string, string> { ["ConnectionStrings__DeployHub"] = hub.ConnectionString, ["DeployHub__Secrets__ssh-key"] = sshd.Key, ["DeployHub__Secrets__planted"] = "pl4nted" }, "--roles", "worker");

        var run = await estate.StartAsync();
        await TestHub.Until(async () => (await estate.RunAsync(run)).Status is RunStatus.Succeeded or RunStatus.Halted, "the run ends", 90);

        var seen = await estate.RunAsync(run);
        seen.OpenHalt?.Sentence.ShouldBeNull();
        var steps = seen.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps;
        estate.Journal("host-1").ShouldBe(["one", "two 10.0.0.7"]);
        steps.Single(step => step.Name == "Short").Outputs["address"].ShouldBe("10.0.0.7");
        steps.Single(step => step.Name == "Local").Outputs["token"].ShouldBe("•••");
        steps.Single(step => step.Name == "Left out").WhyNot.ShouldNotBeNull().ShouldEndWith("(step.short.changes is 2).");
        (await hub.AsSystem.Send(new ListLogLines(run, Text: "“extra” is not among the outputs"))).ShouldHaveSingleItem();
    }
}
