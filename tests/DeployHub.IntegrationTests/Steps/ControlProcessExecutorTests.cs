using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real process with commands of its own; systemd by a stand-in that speaks its protocol, over a real sshd.</summary>
public sealed class ControlProcessExecutorTests(SystemdStandIn systemd) : ExecutorContract, IClassFixture<SystemdStandIn>
{
    private readonly string _mark = $"process-{Guid.NewGuid():N}";

    private Dictionary<string, string> Commands => new()
    {
        ["start"] = $"setsid sh -c 'while :; do sleep 1; done' {_mark} > log 2>&1 & echo $! > pid",
        ["stop"] = "[ ! -f pid ] || kill -KILL -$(cat pid); rm -f pid",
        ["status"] = "[ -f pid ] && kill -0 $(cat pid)",
        ["log"] = "echo the last; echo words of it",
    };

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new ControlProcess("shop", Commands: Commands, ActiveFor: "1s");

    protected override (StepSettings, string[])? Failing =>
        (new ControlProcess("shop", Commands: With("start", "echo no port >&2; exit 4"), ActiveFor: "1s"), ["shop", "web-1", "exit code 4", "no port", "words of it"]);

    protected override (StepSettings, string?)? Endless =>
        (new ControlProcess("shop", Commands: With("start", $"sh -c 'while :; do sleep 1; done' {_mark}-$((1)); echo never"), Within: "1h"), $"{_mark}-1");

    /// <summary>A person who puts a secret into a command has to quote it; a here-document takes it as it stands.</summary>
    protected override StepSettings Telling => new ControlProcess("shop", Commands: With("start", "cat <<'END'\n${secret:planted}\nEND\nfalse"), ActiveFor: "1s");

    protected override Task<string> StateAsync() => Task.FromResult($"{Workbench.IsRunning(_mark)}");

    [Fact]
    public async Task A_process_is_restarted_and_stopped_for_real()
    {
        await SucceedsAsync(Working);
        var first = await File.ReadAllTextAsync(Bench.OnTarget("pid"));
        var evidence = await SucceedsAsync(Working);
        (await File.ReadAllTextAsync(Bench.OnTarget("pid"))).ShouldNotBe(first);
        evidence["Active without a break for"].ShouldBe("1s");

        (await SucceedsAsync(new ControlProcess("shop", ProcessAction.Stop, Commands: Commands)))["State"].ShouldStartWith("not active");
        await TestHub.Until(() => Task.FromResult(!Workbench.IsRunning(_mark)), "it has ended");
    }

    [Fact]
    public async Task One_that_dies_after_its_start_has_not_succeeded()
    {
        var failed = await FailsAsync(new ControlProcess("shop", Commands: With("start", "setsid sleep 1 & echo $! > pid"), ActiveFor: "3s", Within: "4s"));

        failed.Reason.ShouldContain("was not active for 3s without a break within 4s");
        failed.Reason.ShouldEndWith("words of it");
        failed.Cause.ShouldBe(HaltCause.HealthCheckFailed);
    }

    [Fact]
    public async Task One_that_does_not_stop_is_said() =>
        (await FailsAsync(new ControlProcess("shop", ProcessAction.Stop, Commands: new Dictionary<string, string> { ["stop"] = "true", ["status"] = "true" }, Within: "1s"))).Reason.ShouldContain("did not stop within 1s: it is active");

    [Fact]
    public async Task A_unit_is_restarted_and_watched_by_systemctl()
    {
        var unit = systemd.Unit("slow");
        var outcome = await SystemdAsync(new ControlProcess(unit, ActiveFor: "1s", Sudo: true));

        var evidence = outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}").Evidence;
        evidence.ShouldContain(new Evidence("State", "active (running)"));
        systemd.Asked.ShouldContain($"restart -- {unit}");
    }

    [Theory]
    [InlineData("crashes", "was not active for 2s without a break within 4s", "address in use")]
    [InlineData("dies", "is failed (failed, signal) after the restart", "address in use")]
    [InlineData("refuses", "could not be told to restart: exit code 1: Job for", "address in use")]
    [InlineData("deaf", "was told to restart and is still the same process as before", "address in use")]
    public async Task What_is_not_well_is_said_with_the_last_words_of_the_journal(string does, params string[] words)
    {
        var failed = (await SystemdAsync(new ControlProcess(systemd.Unit(does), ActiveFor: "2s", Within: "4s"))).ShouldBeOfType<StepOutcome.Failed>();

        foreach (var word in words) failed.Reason.ShouldContain(word);
        Bench.Log.ShouldContain("cannot bind port 8080: address in use");
    }

    [Fact]
    public async Task A_unit_that_is_not_there_is_said() =>
        (await SystemdAsync(new ControlProcess("no-such"))).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldBe("web-1 has no usable unit no-such: it is not-found.");

    [Fact]
    public async Task A_unit_is_stopped_and_reloaded()
    {
        var unit = systemd.Unit("good");
        (await SystemdAsync(new ControlProcess(unit, ProcessAction.Reload, ActiveFor: "100ms"))).ShouldBeOfType<StepOutcome.Succeeded>();
        (await SystemdAsync(new ControlProcess(unit, ProcessAction.Stop))).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldContain(new Evidence("State", "inactive (dead)"));
    }

    [Fact]
    public async Task A_name_is_a_name_and_never_a_command()
    {
        (await SystemdAsync(new ControlProcess("x'; touch pwned; echo '$(touch pwned)`touch pwned`\n"))).ShouldBeOfType<StepOutcome.Failed>();
        File.Exists(Bench.OnTarget("pwned")).ShouldBeFalse();
    }

    protected override async Task CleanUpAsync() => await Bench.VisitAsync(new RunScript(["sh", "-c", "[ ! -f pid ] || kill -KILL -$(cat pid)"]), Bench.Local);

    private Dictionary<string, string> With(string name, string command) => new(Commands) { [name] = command };

    private async Task<StepOutcome> SystemdAsync(ControlProcess settings)
    {
        Assert.SkipWhen(SshTarget.Missing is not null, SshTarget.Missing ?? "");
        return await Bench.VisitAsync(settings, systemd.In(Bench.Local.Directory, Bench));
    }
}
