using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real podman by its Docker-compatible API, with images from a real registry.</summary>
[Collection(nameof(Containers))]
public sealed class ReplaceContainerExecutorTests(ContainerStand stand) : ExecutorContract
{
    private readonly string _shop = $"shop-{Guid.NewGuid():N}";
    private readonly string _forEver = $"container-{Guid.NewGuid():N}";

    protected override string? Missing => ContainerStand.Missing;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Shop(stand.Plain);

    protected override (StepSettings, string[])? Failing =>
        (Shop(stand.Plain) with { Command = ["sh", "-c", "echo no room >&2; exit 4"], Restart = ContainerRestart.No }, ["web-1", _shop, "exit code 4", "no room"]);

    protected override (StepSettings, string?)? Endless => (Shop(stand.Checked) with { Command = ["sh", "-c", $"while :; do busybox sleep 1; done # {_forEver}"], Within = "1h" }, _forEver);

    protected override StepSettings Telling => Shop(stand.Plain) with
    {
        Environment = new Dictionary<string, string> { ["IT"] = "${secret:planted}" },
        Command = ["sh", "-c", "echo \"$IT\"; echo \"$IT\" >&2; exit 1"],
    };

    protected override async Task<string> StateAsync() =>
        await stand.RunAsync(["inspect", "--format", "{{.Id}} {{.Name}} {{.ImageName}} {{.State.Status}}", .. (await stand.RunAsync("ps", "--all", "--quiet", "--filter", $"name={_shop}")).Split('\n')]);

    [Fact]
    public async Task The_image_is_pulled_by_its_digest_and_the_old_one_is_kept_until_the_new_one_is_healthy()
    {
        var first = await SucceedsAsync(Shop(stand.Plain));
        first["Image"].ShouldBe(stand.Plain);
        first["Health"].ShouldBe("running for 1s without a break");
        first.ShouldNotContainKey("Replaced");
        var old = await IdAsync();

        var visit = VisitAsync(Shop(stand.Checked));
        await TestHub.Until(async () => visit.IsCompleted || (await StateAsync()).Contains($"{_shop}-next", StringComparison.Ordinal) && await IsRunningAsync($"{_shop}-next"), "the new one runs");
        (await IsRunningAsync(_shop)).ShouldBeTrue();
        (await IdAsync()).ShouldBe(old);
        await stand.RunAsync("exec", $"{_shop}-next", "busybox", "touch", "/healthy");
        (await stand.CheckAsync($"{_shop}-next")).ShouldBeTrue();

        var outcome = await visit;
        var evidence = outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}").Evidence;
        evidence.ShouldContain(new Evidence("Health", "healthy"));
        evidence.ShouldContain(new Evidence("Replaced", $"{old[..12]}, {stand.Plain}"));
        (await StateAsync()).ShouldBe($"{await IdAsync()} {_shop} {stand.Checked} running");
    }

    [Fact]
    public async Task One_that_is_unhealthy_is_removed_and_the_old_one_never_stopped()
    {
        await SucceedsAsync(Shop(stand.Plain));
        var before = await StateAsync();

        var visit = VisitAsync(Shop(stand.Checked));
        await TestHub.Until(async () => visit.IsCompleted || await IsRunningAsync($"{_shop}-next"), "the new one runs");
        (await stand.CheckAsync($"{_shop}-next")).ShouldBeFalse();

        var failed = (await visit).ShouldBeOfType<StepOutcome.Failed>();
        failed.Reason.ShouldStartWith($"The new container {_shop} of web-1 is unhealthy");
        failed.Reason.ShouldContain("the old one is kept");
        failed.Cause.ShouldBe(HaltCause.HealthCheckFailed);
        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task With_the_same_port_the_old_one_makes_room_and_comes_back_when_the_new_one_fails()
    {
        var port = FreePort.Next();
        var settings = Shop(stand.Plain) with { Ports = [$"127.0.0.1:{port}:80"] };
        await SucceedsAsync(settings);
        await AnswersAsync(port, "plain");
        var old = await IdAsync();

        var failed = (await Bench.VisitAsync(settings with { Image = stand.Checked, Command = ["sh", "-c", "exit 7"], Restart = ContainerRestart.No }, Bench.Local, key: "DEP-2026-000002/R1/Execute.1/web-1/1#1")).ShouldBeOfType<StepOutcome.Failed>();
        failed.Reason.ShouldContain("exit code 7; the old one is kept");
        (await IdAsync()).ShouldBe(old);
        await AnswersAsync(port, "plain");

        var visit = Bench.VisitAsync(settings with { Image = stand.Checked }, Bench.Local, key: "DEP-2026-000003/R1/Execute.1/web-1/1#1");
        await TestHub.Until(async () => visit.IsCompleted || await IsRunningAsync($"{_shop}-next"), "the new one runs");
        (await IsRunningAsync(_shop)).ShouldBeFalse();
        await stand.RunAsync("exec", $"{_shop}-next", "busybox", "touch", "/healthy");
        await stand.CheckAsync($"{_shop}-next");
        (await visit).ShouldBeOfType<StepOutcome.Succeeded>();
        await AnswersAsync(port, "checked");
    }

    [Fact]
    public async Task What_a_lost_visit_left_is_found_again_and_the_old_one_still_comes_back()
    {
        var port = FreePort.Next();
        var settings = Shop(stand.Plain) with { Ports = [$"{port}:80"] };
        await SucceedsAsync(settings);
        var old = await IdAsync();
        await stand.RunAsync("stop", "--time", "0", _shop); // as a worker leaves it that is killed just then
        await stand.RunAsync("create", "--name", $"{_shop}-next", "--label", "deployhub.step=DEP-2026-000009/R1/Execute.1/web-1/1", "--label", $"deployhub.replaces={old}", stand.Plain);

        (await Bench.VisitAsync(settings with { Command = ["sh", "-c", "exit 7"] }, Bench.Local, key: "DEP-2026-000010/R1/Execute.1/web-1/1#1")).ShouldBeOfType<StepOutcome.Failed>();
        (await StateAsync()).ShouldBe($"{old} {_shop} {stand.Plain} running");
    }

    [Fact]
    public async Task A_repetition_takes_up_what_an_attempt_before_has_begun()
    {
        var next = await stand.RunAsync("run", "--detach", "--name", $"{_shop}-next", "--label", "deployhub.step=DEP-2026-000001/R1/Execute.1/web-1/1", "--label", "deployhub.replaces=", stand.Plain);
        await SucceedsAsync(Working);
        (await StateAsync()).ShouldBe($"{next} {_shop} {stand.Plain} running");
    }

    [Fact]
    public async Task A_volume_that_is_written_is_never_written_by_two()
    {
        await SucceedsAsync(Shop(stand.Plain) with { Volumes = [$"{_shop}:/data"] });
        var visit = Bench.VisitAsync(Shop(stand.Checked) with { Volumes = [$"{_shop}:/data"], Within = "1h" }, Bench.Local, limit: TimeSpan.FromSeconds(10), key: "DEP-2026-000002/R1/Execute.1/web-1/1#1");
        await TestHub.Until(async () => visit.IsCompleted || await IsRunningAsync($"{_shop}-next"), "the new one runs");

        (await IsRunningAsync(_shop)).ShouldBeFalse();
        (await visit).ShouldBeOfType<StepOutcome.TimedOut>();
        (await IsRunningAsync(_shop)).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_its_engine_has_to_start_again_is_not_healthy()
    {
        var failed = await FailsAsync(Shop(stand.Plain) with { Command = ["sh", "-c", "busybox sleep 1; exit 3"], RunsFor = "20s" });
        failed.Reason.ShouldContain("ended");
        (await stand.RunAsync("ps", "--all", "--quiet", "--filter", $"name={_shop}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_digest_that_the_registry_does_not_have_is_said()
    {
        var failed = await FailsAsync(Shop(stand.Unknown));
        failed.Reason.ShouldStartWith($"web-1 cannot pull {stand.Unknown}: ");
        failed.Cause.ShouldBe(HaltCause.ComponentMissing);
        (await FailsAsync(Shop(stand.Tagged))).Reason.ShouldContain("does not say its digest");
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_unreachable()
    {
        var failed = await FailsAsync(Shop(stand.Plain) with { Engine = $"unix://{Bench.At("nobody.sock")}" });
        failed.Cause.ShouldBe(HaltCause.TargetUnreachable);
        failed.Reason.ShouldContain("nobody.sock");
        (await FailsAsync(Shop(stand.Plain) with { Engine = $"tcp://127.0.0.1:{FreePort.Next()}" })).Cause.ShouldBe(HaltCause.TargetUnreachable);
    }

    [Fact]
    public async Task What_the_engine_refuses_is_said_in_its_words() =>
        (await FailsAsync(Shop(stand.Plain) with { Network = "no-such" })).Reason.ShouldContain("unable to find network with name or ID no-such");

    protected override async Task CleanUpAsync()
    {
        if (Missing is null) await stand.RunAsync("rm", "--force", "--ignore", "--time", "0", _shop, $"{_shop}-next");
    }

    private ReplaceContainer Shop(string image) => new(image, _shop, stand.Address, RunsFor: "1s", StopWithin: "1s");

    private Task<string> IdAsync() => stand.RunAsync("inspect", "--format", "{{.Id}}", _shop);

    private async Task<bool> IsRunningAsync(string name) => (await stand.RunAsync("ps", "--quiet", "--filter", $"name=^{name}$")).Length > 0;

    private static async Task AnswersAsync(int port, string page)
    {
        using var client = new HttpClient { DefaultRequestHeaders = { ConnectionClose = true } };
        (await client.GetAsync($"http://127.0.0.1:{port}/{page}")).IsSuccessStatusCode.ShouldBeTrue();
    }
}
