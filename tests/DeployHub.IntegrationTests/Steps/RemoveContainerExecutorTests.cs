using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A real podman by its Docker-compatible API.</summary>
[Collection(nameof(Containers))]
public sealed class RemoveContainerExecutorTests(ContainerStand stand) : ExecutorContract
{
    private readonly string _shop = $"shop-{Guid.NewGuid():N}";

    protected override string? Missing => ContainerStand.Missing;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new RemoveContainer(_shop, stand.Address, "1s");

    protected override (StepSettings, string[])? Failing => (new RemoveContainer(_shop, $"unix://{Bench.At("nobody.sock")}"), ["web-1", "nobody.sock", "does not answer"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => new RemoveContainer("${secret:planted}", stand.Address, "1s");

    protected override async Task PrepareAsync() => await stand.RunAsync("run", "--detach", "--name", _shop, "--volume", $"{_shop}:/data", stand.Plain);

    protected override Task<string> StateAsync() => stand.RunAsync("ps", "--all", "--quiet", "--filter", $"name={_shop}");

    [Fact]
    public async Task It_is_stopped_and_gone_and_its_volume_stays()
    {
        (await StateAsync()).ShouldNotBeEmpty();

        (await SucceedsAsync(Working))["Removed"].ShouldStartWith(_shop);

        (await StateAsync()).ShouldBeEmpty();
        (await stand.RunAsync("volume", "ls", "--quiet")).ShouldContain(_shop);
        (await SucceedsAsync(Working))["Container"].ShouldBe($"{_shop} was not there");
    }

    [Fact]
    public async Task One_that_is_stopped_already_is_removed_as_well()
    {
        await stand.RunAsync("stop", "--time", "0", _shop);

        await SucceedsAsync(Working);
        (await StateAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_shows_when_it_is_filled_in_is_said()
    {
        (await FailsAsync(new RemoveContainer(_shop, "/var/run/docker.sock"))).Reason.ShouldContain("is no address of a container engine");
        (await FailsAsync(new RemoveContainer(_shop, stand.Address, "soon"))).Reason.ShouldContain("soon");
        (await FailsAsync(new RemoveContainer(_shop, $"tcp://127.0.0.1:{FreePort.Next()}"))).Cause.ShouldBe(HaltCause.TargetUnreachable);
    }

    [Fact]
    public async Task It_is_proved_to_be_gone()
    {
        var proof = new CheckAbsent(Containers: [_shop], Engine: stand.Address);
        var failed = await FailsAsync(proof);
        (failed.Reason, failed.Cause).ShouldBe(($"web-1 still has container {_shop} (running). Take it away there, or roll back.", HaltCause.VersionMismatchAfter));

        await stand.RunAsync("stop", "--time", "0", _shop);
        (await FailsAsync(proof)).Reason.ShouldContain("(stopped)");
        await SucceedsAsync(Working);
        (await SucceedsAsync(proof))[$"container {_shop}"].ShouldBe("absent");
        (await VisitAsync(proof with { Engine = $"unix://{Bench.At("nobody.sock")}" })).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("does not answer");
    }

    protected override async Task CleanUpAsync()
    {
        if (Missing is not null) return;

        await stand.RunAsync("rm", "--force", "--ignore", "--time", "0", _shop);
        await stand.RunAsync("volume", "rm", "--force", _shop);
    }
}
