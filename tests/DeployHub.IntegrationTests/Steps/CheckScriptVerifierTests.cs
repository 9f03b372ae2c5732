using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckScriptVerifierTests : ExecutorContract
{
    private readonly string _forEver = $"check-{Guid.NewGuid():N}";

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckScript(["sh", "-c", "echo all is well"]);

    protected override (StepSettings, string[])? Failing => (new CheckScript(["sh", "-c", "echo the queue is full; exit 1"]), ["sh", "the queue is full"]);

    protected override (StepSettings, string?)? Endless => (new CheckScript(["sh", "-c", $"sh -c 'while :; do sleep 1; done' {_forEver} & wait"]), _forEver);

    protected override StepSettings Telling => new CheckScript(["sh", "-c", "echo \"$1 $IT\"; exit 1", "sh", "${secret:planted}"], new Dictionary<string, string> { ["IT"] = "${secret:planted}" });

    [Fact]
    public async Task One_that_prints_nothing_leaves_a_line_that_says_so()
    {
        (await VisitAsync(new CheckScript(["true"]))).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldHaveSingleItem().Value.ShouldBe("0");
        Bench.Log.ShouldHaveSingleItem().ShouldMatch(@"^true printed nothing and ended with exit code 0 after \d+ m?s\.$");
    }

    [Fact]
    public async Task One_that_prints_says_enough_itself()
    {
        await SucceedsAsync(Working);

        Bench.Log.ShouldBe(["all is well"]);
    }

    [Fact]
    public async Task Another_exit_code_is_no_verdict() => (await VisitAsync(new CheckScript(["sh", "-c", "exit 3"]))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("exit code 3");
}
