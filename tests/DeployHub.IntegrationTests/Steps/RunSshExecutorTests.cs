using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class RunSshExecutorTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    private readonly string _forEver = $"ssh-{Guid.NewGuid():N}";

    protected override string? Missing => SshTarget.Missing;

    protected override Connection Connection => target.In(Bench.Local.Directory, Bench);

    protected override AfterLoss AfterLoss => AfterLoss.AskPerson;

    protected override StepSettings Working => new RunSsh("echo done");

    protected override (StepSettings, string[])? Failing => (new RunSsh("echo no such customer >&2; exit 3"), ["127.0.0.1", "3", "no such customer"]);

    protected override (StepSettings, string?)? Endless => (new RunSsh($"sh -c 'while :; do sleep 1; done' {_forEver}-$((1)) & wait"), $"{_forEver}-1"); // only the one that the shell has started has the sum in its name

    protected override StepSettings Telling =>
        new RunSsh("echo \"$IT\"; echo \"$IT\" >&2; exit 1", new Dictionary<string, string> { ["IT"] = "${secret:planted}" });

    [Fact]
    public async Task Values_reach_the_command_as_they_stand()
    {
        const string hard = "it's \"quoted\" $(touch pwned) `id` ; rm -rf x \\ | & \nsecond line";
        await SucceedsAsync(new RunSsh("printf %s \"$IT\" > got", new Dictionary<string, string> { ["IT"] = hard }));

        (await File.ReadAllTextAsync(Bench.OnTarget("got"))).ShouldBe(hard);
        File.Exists(Bench.OnTarget("pwned")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_it_writes_into_its_output_file_is_said_and_the_file_is_gone()
    {
        var outcome = await VisitAsync(new RunSsh("echo \"$DEPLOYHUB_OUTPUT\" > where; echo changes=1; echo changes=2 >> \"$DEPLOYHUB_OUTPUT\"", Outputs: ["changes"]));

        outcome.Outputs.ShouldBe(new Dictionary<string, string> { ["changes"] = "2" });
        File.Exists((await File.ReadAllTextAsync(Bench.OnTarget("where"))).Trim()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_that_is_not_reached_by_ssh_is_refused() =>
        (await Bench.VisitAsync(Working, Bench.Local)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldBe("web-1 is not reached by SSH, so an ssh step cannot run there.");
}
