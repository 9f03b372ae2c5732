using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckBackupVerifierTests : ExecutorContract
{
    private readonly List<string?> _tokens = [];
    private string _answer = "";
    private TestHttp _source = null!;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckBackup(Files: "backup of * shop/db-*.dump");

    protected override (StepSettings, string[])? Failing => (new CheckBackup("1h", Files: "backup of the shop/db-*.dump", MinimumKiB: 2), ["db-old.dump", "web-1", "1h is the most", "1 with less than 2 KiB counts as none"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings Telling => Asked("") with { Token = "${secret:planted}" };

    [Fact]
    public async Task The_newest_file_that_is_large_enough_counts()
    {
        var evidence = await SucceedsAsync(new CheckBackup("1h", Files: "backup of the shop/db-???.dump"));
        evidence["Backup"].ShouldBe("./backup of the shop/db-new.dump");

        (await FailsAsync(new CheckBackup(Files: "backup of the shop/$(touch pwned)*"))).Cause.ShouldBe(HaltCause.BackupMissing);
        File.Exists(Bench.OnTarget("pwned")).ShouldBeFalse();
        (await VisitAsync(new CheckBackup(Files: "nowhere/*.dump"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("is no folder that this account can see");
        File.SetLastWriteTimeUtc(Bench.OnTarget("backup of the shop/db-new.dump"), DateTime.UtcNow.AddHours(2));
        (await VisitAsync(new CheckBackup("1h", Files: "backup of the shop/db-new.dump"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("which has not come yet");
    }

    [Theory]
    [InlineData("""{"last":{"at":"NOW"}}""", "/last/at", true)]
    [InlineData("NOW", null, true)]
    [InlineData("2020-01-01T00:00:00Z", null, false)]
    [InlineData("""{"last":null}""", "/last/at", null)]
    [InlineData("soon", null, null)]
    public async Task An_address_may_tell_it(string answer, string? property, bool? passes)
    {
        var outcome = await VisitAsync(Asked(answer.Replace("NOW", $"{DateTime.UtcNow:O}"[..19] + "Z", StringComparison.Ordinal)) with { Property = property, Token = "${secret:planted}" });

        (outcome switch { StepOutcome.Succeeded => true, StepOutcome.Failed { Cause: HaltCause.BackupMissing } => false, _ => (bool?)null }).ShouldBe(passes, $"{outcome}");
        _tokens[^1].ShouldBe($"Bearer {Planted}");
    }

    [Fact]
    public async Task A_metric_may_tell_it_and_a_source_that_is_away_never_passes()
    {
        var query = new CheckBackup(Source: _source.Url, Query: "last_backup");
        _answer = """{"status":"success","data":{"resultType":"scalar","result":[1,"NOW"]}}""".Replace("NOW", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", StringComparison.Ordinal);
        await SucceedsAsync(query);
        await _source.DisposeAsync();

        (await VisitAsync(query)).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("gave no answer");
    }

    protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Bench.OnTarget("backup of the shop"));
        await WriteAsync("db-old.dump", 4096, TimeSpan.FromHours(3));
        await WriteAsync("db-new.dump", 1500, TimeSpan.FromMinutes(1));
        await WriteAsync("other.dump", 9000, TimeSpan.Zero);
        _source = new TestHttp(context =>
        {
            _tokens.Add(context.Request.Headers["Authorization"]);
            return Task.FromResult((200, _answer));
        });
    }

    protected override async Task CleanUpAsync() => await _source.DisposeAsync();

    private CheckBackup Asked(string answer)
    {
        _answer = answer;
        return new CheckBackup(Url: _source.Url);
    }

    private async Task WriteAsync(string name, int bytes, TimeSpan age)
    {
        var file = Bench.OnTarget($"backup of the shop/{name}");
        await File.WriteAllBytesAsync(file, new byte[bytes]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow - age);
    }
}
