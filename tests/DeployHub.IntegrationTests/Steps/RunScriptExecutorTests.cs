using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class RunScriptExecutorTests : ExecutorContract
{
    private readonly string _forEver = $"script-{Guid.NewGuid():N}";

    protected override AfterLoss AfterLoss => AfterLoss.AskPerson;

    protected override StepSettings Working => new RunScript(["sh", "-c", "echo done"]);

    protected override (StepSettings, string[])? Failing => (new RunScript(["sh", "-c", "echo no such customer >&2; exit 3"]), ["sh", "3", "no such customer"]);

    protected override (StepSettings, string?)? Endless => (new RunScript(["sh", "-c", $"sh -c 'while :; do sleep 1; done' {_forEver} & wait"]), _forEver);

    protected override StepSettings Telling =>
        new RunScript(["sh", "-c", "echo \"$1 $IT\"; echo \"$IT\" >&2; exit 1", "sh", "${secret:planted}"], new Dictionary<string, string> { ["IT"] = "${secret:planted}" });

    [Fact]
    public async Task Arguments_reach_the_program_as_they_stand()
    {
        const string hard = "it's \"quoted\" $(touch pwned) `id` ; rm -rf x \\ | & \nsecond line";
        await SucceedsAsync(new RunScript(["sh", "-c", "printf %s \"$1\" > got", "sh", hard]));

        (await File.ReadAllTextAsync(Bench.OnTarget("got"))).ShouldBe(hard);
        File.Exists(Bench.OnTarget("pwned")).ShouldBeFalse();
    }

    [Fact]
    public async Task Output_that_is_no_text_is_shown_as_far_as_it_goes()
    {
        await SucceedsAsync(new RunScript(["sh", "-c", "printf 'caf\\351 \\000\\377 end\\n'; echo after"]));

        Bench.Log.ShouldContain(line => line.StartsWith("caf\ufffd") && line.EndsWith("end"));
        Bench.Log.ShouldContain("after");
    }

    [Fact]
    public async Task A_gigabyte_without_a_line_break_is_cut_and_not_swallowed()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await SucceedsAsync(new RunScript(["sh", "-c", "head -c 1000000000 /dev/zero | tr '\\0' x; echo; echo after"]));

        Bench.Log[0].ShouldEndWith("… (line cut)");
        Bench.Log.ShouldContain("after");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(50_000_000);
    }

    [Fact]
    public async Task Lines_without_end_are_cut_visibly()
    {
        await SucceedsAsync(new RunScript(["sh", "-c", "yes 'one line of output' | head -n 250000"]));

        Bench.Log.Count.ShouldBe(200_001);
        Bench.Log[^1].ShouldStartWith("The output is cut here, after 200,000 lines");
    }

    [Fact]
    public async Task A_daemon_that_keeps_the_pipes_does_not_keep_the_step()
    {
        var daemon = $"daemon-{Guid.NewGuid():N}";
        try
        {
            await SucceedsAsync(new RunScript(["sh", "-c", $"setsid sh -c 'sleep 60; : {daemon}' & echo started"]));
            Workbench.IsRunning(daemon).ShouldBeTrue();
        }
        finally
        {
            await Bench.VisitAsync(new RunScript(["pkill", "-f", daemon]), Bench.Local);
        }
    }

    [Fact]
    public async Task What_it_writes_into_its_output_file_is_said_and_the_file_is_gone()
    {
        var outcome = await VisitAsync(new RunScript(["sh", "-c", "echo \"$DEPLOYHUB_OUTPUT\" > where; echo changes=2 >> \"$DEPLOYHUB_OUTPUT\"; exit 3"], Outputs: ["changes"]));

        outcome.Outputs.ShouldBe(new Dictionary<string, string> { ["changes"] = "2" });
        File.Exists((await File.ReadAllTextAsync(Bench.OnTarget("where"))).Trim()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named() =>
        (await FailsAsync(new RunScript(["no-such-program"]))).Reason.ShouldStartWith("no-such-program could not be started");
}
