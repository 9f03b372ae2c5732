using System.Globalization;
using System.IO.Compression;
using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>Logs are read off a host by one command, over a real sshd.</summary>
public sealed class CheckLogsVerifierTests(SystemdStandIn target) : ExecutorContract, IClassFixture<SystemdStandIn>
{
    protected override string? Missing => SshTarget.Missing;

    protected override Connection Connection => target.In(Bench.Local.Directory, Bench);

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckLogs("app.log", MustNot: ["FATAL"], Must: ["ready in [0-9.]+ s"], Last: "10m");

    protected override (StepSettings, string[])? Failing => (new CheckLogs("app.log", MustNot: ["ERROR|FATAL"], Last: "10m"), ["app.log on web-1", "1 line", "ERROR|FATAL", "ERROR no price for 7"]);

    protected override (StepSettings, string?)? Endless => (new CheckLogs("app.log", Must: ["never written"], Last: "10m", Within: "1h"), null);

    protected override StepSettings? Telling => new CheckLogs("app.log", MustNot: ["told"], Must: ["${secret:planted}"], Last: "10m");

    [Fact]
    public async Task What_was_written_before_is_not_looked_at_and_an_exception_is_none()
    {
        (await SucceedsAsync(new CheckLogs("app.log", MustNot: ["ancient"], Last: "10m")))["Lines with “ancient”"].ShouldBe("0");
        (await FailsAsync(new CheckLogs("app.log", MustNot: ["ancient"], Last: "3h"))).Cause.ShouldBe(HaltCause.HealthCheckFailed);
        await SucceedsAsync(new CheckLogs("app.log", MustNot: ["ERROR"], Except: ["no price for"], Last: "10m"));
    }

    [Fact]
    public async Task What_a_program_wrote_down_as_a_secret_is_not_kept() =>
        (await SucceedsAsync(new CheckLogs("app.log", Must: ["login"], Last: "10m")))["The first with “login”"].ShouldEndWith("WARN login password=***&next=1");

    [Fact]
    public async Task What_a_rotated_file_holds_counts_too()
    {
        await using (var file = File.Create(Bench.OnTarget("app.log.1.gz")))
        await using (var zip = new GZipStream(file, CompressionMode.Compress))
            await zip.WriteAsync(Encoding.UTF8.GetBytes($"{Ago(1)} PANIC before it was rotated\n"));

        var failed = await FailsAsync(new CheckLogs("app.log", MustNot: ["PANIC"], Last: "10m"));
        failed.Reason.ShouldContain("PANIC before it was rotated");
        failed.Evidence.ShouldContain(new Evidence("Rotated to", "app.log.1.gz"));
    }

    [Fact]
    public async Task A_rotated_file_that_cannot_be_read_or_begins_too_late_proves_nothing()
    {
        await File.WriteAllTextAsync(Bench.OnTarget("app.log"), $"{Ago(1)} INFO ready\n");
        await File.WriteAllTextAsync(Bench.OnTarget("app.log.1"), $"{Ago(2)} INFO starts\n");
        (await VisitAsync(new CheckLogs("app.log", MustNot: ["FATAL"], Last: "10m"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("was rotated to app.log.1, which begins within the time");

        File.Delete(Bench.OnTarget("app.log.1"));
        await File.WriteAllTextAsync(Bench.OnTarget("app.log-20260101.gz"), "no gzip");
        (await VisitAsync(new CheckLogs("app.log", MustNot: ["FATAL"], Last: "10m"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("app.log-20260101.gz, which could not be read");
    }

    [Fact]
    public async Task What_was_not_read_proves_nothing()
    {
        await File.AppendAllLinesAsync(Bench.OnTarget("app.log"), Enumerable.Repeat($"{Ago(0)} INFO {new string('x', 200)}", 200));

        (await VisitAsync(new CheckLogs("app.log", MustNot: ["FATAL"], Last: "10m", MostKiB: 16))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("more than the 16 KiB");
        (await VisitAsync(new CheckLogs("none.log", MustNot: ["FATAL"], Last: "10m", Within: "1s"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("there is no file none.log");
        await File.WriteAllTextAsync(Bench.OnTarget("undated.log"), "hello\n");
        (await VisitAsync(new CheckLogs("undated.log", MustNot: ["FATAL"], Last: "10m"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("No line of The log undated.log");
    }

    [Fact]
    public async Task The_journal_of_a_unit_is_read_where_there_is_one()
    {
        (await SucceedsAsync(new CheckLogs(Unit: "shop.service", Must: ["shop.*: ready"], Last: "10m"))).Values.ShouldContain(value => value.EndsWith("web-1 shop[7]: ready", StringComparison.Ordinal));
        target.Asked.ShouldContain(asked => asked.Contains("-u shop.service", StringComparison.Ordinal) && asked.Contains("--since @", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_unit_that_the_host_does_not_know_proves_nothing() =>
        (await VisitAsync(new CheckLogs(Unit: "none.service", MustNot: ["FATAL"], Last: "10m", Within: "1s"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("the host knows no unit none.service");

    protected override Task PrepareAsync() => File.WriteAllLinesAsync(
        Bench.OnTarget("app.log"), [$"{Ago(120)} ERROR ancient", $"{Ago(2)} INFO ready in 3.2 s", $"{Ago(1)} ERROR no price for 7", $"{Ago(1)} INFO told {Planted}", $"{Ago(1)} WARN login password=hunter2&next=1"]);

    private static string Ago(int minutes) => DateTimeOffset.UtcNow.AddMinutes(-minutes).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
