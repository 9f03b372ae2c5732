using System.Diagnostics;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>Commands on a real host: as whom they run, what they may print, and that those which go on alone survive everything but their end.</summary>
[Hub.TakesLong(75)]
public sealed class RunningCommands
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Values_of_the_environment_show_in_no_list_of_processes()
    {
        await using var bench = await Bench.StartAsync("127.0.3.1");

        (await bench.VisitAsync(new RunSsh("echo \"it is $IT\"; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; exit 0", new Dictionary<string, string> { ["IT"] = "pl4nted value" }))).ShouldBeOfType<StepOutcome.Succeeded>();

        bench.Visit.Text.ShouldContain("it is pl4nted value");
        bench.Visit.Text.Split("pl4nted").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_lines_without_end_do_no_harm()
    {
        await using var bench = await Bench.StartAsync("127.0.3.2");

        (await bench.VisitAsync(new RunSsh("printf 'caf\\351 \\377\\n'; head -c 50000000 /dev/zero | tr '\\0' x; echo; echo end"))).ShouldBeOfType<StepOutcome.Succeeded>();

        var lines = bench.Visit.Lines(LogStream.Out).ToList();
        lines.Count.ShouldBe(3);
        lines[0].ShouldBe("caf\ufffd \ufffd");
        lines[1].Length.ShouldBe(Worker.Steps.OutputLines.Longest);
        lines[2].ShouldBe("end");
    }

    [Fact]
    public async Task A_command_becomes_another_account()
    {
        Assert.SkipUnless(TestAccount.CanMake, "Needs root, useradd, openssl and sudo.");
        await using var bench = await Bench.StartAsync("127.0.3.4");
        await using var account = await TestAccount.MakeAsync();

        foreach (var detached in (bool[])[false, true])
            (await bench.ToTheEndAsync(new RunSsh("id -un; id -un >&2", Become: account.Name, Detached: detached), directory: account.Home)).ShouldBeOfType<StepOutcome.Succeeded>();

        bench.Visit.Lines(LogStream.Out).ShouldBe([account.Name, account.Name]);
    }

    [Fact]
    public async Task Sudo_is_given_its_password_and_says_clearly_when_it_refuses()
    {
        Assert.SkipUnless(TestAccount.CanMake, "Needs root, useradd, openssl and sudo.");
        await using var bench = await Bench.StartAsync("127.0.3.5");
        await bench.Sshd.ForOthersToo();
        await using var may = await TestAccount.MakeAsync(maySudo: true);
        await using var mayNot = await TestAccount.MakeAsync();

        (await bench.ToTheEndAsync(new RunSsh("echo \"I am $(id -un)\"; tr '\\0' '\\n' < /proc/$PPID/cmdline", Become: "true", BecomePassword: TestAccount.Password), directory: "/tmp", user: may.Name)).ShouldBeOfType<StepOutcome.Succeeded>();
        (await bench.ToTheEndAsync(new RunSsh("echo \"I am $(id -un)\"", Become: "true", BecomePassword: TestAccount.Password, Detached: true), directory: "/tmp", user: may.Name)).ShouldBeOfType<StepOutcome.Succeeded>();
        bench.Visit.Lines(LogStream.Out).Count(line => line == "I am root").ShouldBe(2);
        bench.Visit.Text.ShouldNotContain(TestAccount.Password);

        var asks = (await bench.ToTheEndAsync(new RunSsh("touch /tmp/never", Become: "true"), directory: "/tmp", user: may.Name)).ShouldBeOfType<StepOutcome.Failed>();
        asks.Cause.ShouldBe(HaltCause.PrerequisiteMissing);
        asks.Reason.ShouldStartWith($"sudo on 127.0.3.5 does not let {may.Name} become root (sudo: a password is required)");
        var wrong = (await bench.ToTheEndAsync(new RunSsh("touch /tmp/never", Become: "true", BecomePassword: "nonsense"), directory: "/tmp", user: may.Name)).ShouldBeOfType<StepOutcome.Failed>();
        wrong.Cause.ShouldBe(HaltCause.CredentialInvalid);
        wrong.Reason.ShouldNotContain("nonsense");
        var refused = (await bench.ToTheEndAsync(new RunSsh("touch /tmp/never", Become: "true", BecomePassword: TestAccount.Password), directory: "/tmp", user: mayNot.Name)).ShouldBeOfType<StepOutcome.Failed>();
        refused.Reason.ShouldContain($"does not let {mayNot.Name} become root");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_told_to_stop_ends_with_its_whole_process_group(bool isDetached)
    {
        await using var bench = await Bench.StartAsync("127.0.3.6");
        using var stop = new CancellationTokenSource();
        var step = bench.ToTheEndAsync(new RunSsh("echo $$ > journal; sleep 300 & sleep 300", Detached: isDetached), timeout: TimeSpan.FromSeconds(isDetached ? 3 : 60), cancellationToken: stop.Token);
        await TestHub.Until(() => Task.FromResult(bench.Visit.File("journal").Length > 0), "the command runs");
        var group = bench.Visit.File("journal")[0];

        if (!isDetached) await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(step);

        await TestHub.Until(() => Task.FromResult(!IsAlive(group)), "the group has ended");
        bench.TracesLeft.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_goes_on_alone_stores_its_ticket_first_and_survives_a_broken_connection()
    {
        await using var bench = await Bench.StartAsync("127.0.3.7");
        var visits = 0;

        var outcome = await bench.ToTheEndAsync(
            new RunSsh("echo once >> journal; for n in 1 2 3 4; do echo \"line $n\"; until [ -e go-$n ]; do sleep 0.1; done; done; echo 'the end' >&2", Detached: true), timeout: Long,
            between: () =>
            {
                if (++visits == 1) bench.Visit.File("journal").ShouldBeEmpty(); // the ticket comes before the work
                if (visits is 3 or 5) bench.Sshd.DropConnections().ShouldBe(1);
                if (visits >= 4) File.WriteAllText(Path.Combine(bench.Visit.Place, $"go-{visits - 3}"), "");
                return Task.CompletedTask;
            });

        outcome.ShouldBeOfType<StepOutcome.Succeeded>();
        bench.Visit.File("journal").ShouldBe(["once"]);
        bench.Visit.Lines(LogStream.Out).ShouldBe(Enumerable.Range(1, 4).Select(number => $"line {number}"));
        bench.Visit.Lines(LogStream.Error).ShouldBe(["the end"]);
        bench.TracesLeft.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_is_away_for_a_while_is_waited_for()
    {
        await using var bench = await Bench.StartAsync("127.0.3.8");
        var visits = 0;

        var outcome = await bench.ToTheEndAsync(
            new RunSsh("echo once >> journal; until [ -e go ]; do sleep 0.1; done; echo done", Detached: true), timeout: Long,
            between: async () =>
            {
                if (++visits == 3) await bench.Sshd.StopAsync();
                if (visits == 6) await bench.Sshd.ListenAsync();
                if (visits == 7) await File.WriteAllTextAsync(Path.Combine(bench.Visit.Place, "go"), "");
            });

        outcome.ShouldBeOfType<StepOutcome.Succeeded>();
        bench.Visit.Lines(LogStream.Hub).ShouldContain(line => line.Contains("goes on; it is looked at again", StringComparison.Ordinal));
        bench.Visit.File("journal").ShouldBe(["once"]);
        bench.Visit.Lines(LogStream.Out).ShouldBe(["done"]);
    }

    [Fact]
    public async Task Beginning_twice_with_one_key_begins_once()
    {
        await using var bench = await Bench.StartAsync("127.0.3.9");
        var settings = new RunSsh("echo once >> journal; sleep 1; echo done", Detached: true);
        var at = DateTimeOffset.UtcNow;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.VisitAsync(settings, ticket: "reserved", startedAt: at)));
        outcomes.ShouldAllBe(outcome => outcome is StepOutcome.StillRunning);
        (await bench.VisitAsync(settings, ticket: "told", startedAt: at)).ShouldBeOfType<StepOutcome.StillRunning>().Ticket.ShouldBe("begun 0 0");

        (await bench.ToTheEndAsync(settings, ticket: "begun 0 0", startedAt: at)).ShouldBeOfType<StepOutcome.Succeeded>();
        bench.Visit.File("journal").ShouldBe(["once"]);
        (await bench.VisitAsync(settings, ticket: "begun 0 0", startedAt: at)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldContain("has no trace of the command any more");
        bench.Visit.File("journal").ShouldBe(["once"]);
    }

    [Fact]
    public async Task A_command_that_fails_alone_says_its_exit_code_and_its_last_error()
    {
        await using var bench = await Bench.StartAsync("127.0.3.10");

        (await bench.ToTheEndAsync(new RunSsh("echo no such customer >&2; exit 3", Detached: true))).ShouldBe(new StepOutcome.Failed("The command ended with exit code 3 on 127.0.3.10: no such customer"));
        bench.TracesLeft.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_goes_on_alone_may_leave_a_daemon_behind()
    {
        await using var bench = await Bench.StartAsync("127.0.3.11");

        var took = Stopwatch.StartNew();
        (await bench.ToTheEndAsync(new RunSsh("sleep 60 & echo $! > journal; echo started", Detached: true), timeout: Long)).ShouldBeOfType<StepOutcome.Succeeded>();

        took.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        using var kill = Process.Start("kill", [bench.Visit.File("journal")[0]]);
    }

    private static bool IsAlive(string process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
