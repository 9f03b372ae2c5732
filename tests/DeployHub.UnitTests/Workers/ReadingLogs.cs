using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Checks;

namespace DeployHub.UnitTests.Workers;

/// <summary>When lines of a log were written, and which of them matter.</summary>
public sealed class ReadingLogs
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 12, 0, 0, TimeSpan.FromHours(1));
    private static readonly LogDates Dates = new(Now, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("2026-01-02T10:58:01.123Z INFO ready", "2026-01-02T10:58:01Z")]
    [InlineData("2026-01-02 11:58:01,123 [main] ERROR x", "2026-01-02T10:58:01Z")]
    [InlineData("[2026-01-02T11:58:01+01:00] ready", "2026-01-02T10:58:01Z")]
    [InlineData("2026/01/02 11:58:01 [error] 7#7: *1 connect() failed", "2026-01-02T10:58:01Z")]
    [InlineData("192.0.2.7 - - [02/Jan/2026:10:58:01 +0000] \"GET / HTTP/1.1\" 200", "2026-01-02T10:58:01Z")]
    [InlineData("Jan  2 11:58:01 web-1 shop[7]: ready", "2026-01-02T10:58:01Z")]
    [InlineData("Dec 31 23:00:00 web-1 shop[7]: ready", "2025-12-31T22:00:00Z")]
    [InlineData("{\"level\":\"info\",\"ts\":1767351481.5,\"msg\":\"ready\"}", "2026-01-02T10:58:01Z")]
    [InlineData("{\"time\": 1767351481500, \"msg\": \"ready\"}", "2026-01-02T10:58:01Z")]
    [InlineData("２０２６-01-02 11:58:01 other digits", null)]
    [InlineData("   at Shop.Cart.Add(Item item)", null)]
    [InlineData("2026-13-45 99:99:99 no date", null)]
    public void A_line_is_dated_by_its_beginning(string line, string? at) =>
        Dates.Of(line)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(at);

    [Fact]
    public void What_has_no_date_belongs_to_the_line_before()
    {
        var text = new LogText("2026-01-02 10:00:00 ERROR old\n  at Old\n2026-01-02 11:30:00 ERROR new\n  at New\r\n", true, Dates);

        var period = text.Since(new DateTimeOffset(2026, 1, 2, 11, 0, 0, TimeSpan.FromHours(1)));
        period.Lines.ShouldBe(["2026-01-02 11:30:00 ERROR new", "  at New"]);
        (period.HasBeginning, period.IsDated).ShouldBe((true, true));
    }

    [Fact]
    public void A_host_whose_clock_is_wrong_is_asked_in_its_own_time_and_a_second_is_whole()
    {
        var text = new LogText("2026-01-02 11:29:59 a\n2026-01-02 11:30:00 b\n", true, Dates);
        var since = new DateTimeOffset(2026, 1, 2, 11, 0, 0, 900, TimeSpan.FromHours(1));

        (text with { Ahead = TimeSpan.FromMinutes(30) }).Since(since).Lines.ShouldBe(["2026-01-02 11:30:00 b"]);
        (text with { Ahead = TimeSpan.FromHours(-1) }).Since(since).Lines.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("cut off\n2026-01-02 10:00:00 a\n2026-01-02 11:30:00 b\n", true, true)]
    [InlineData("cut off\n2026-01-02 11:30:00 b\n", false, true)]
    [InlineData("cut off\nno date\n", false, false)]
    public void A_part_proves_only_the_time_that_it_spans(string part, bool hasBeginning, bool isDated)
    {
        var period = new LogText(part, false, Dates).Since(new DateTimeOffset(2026, 1, 2, 11, 0, 0, TimeSpan.FromHours(1)));

        (period.HasBeginning, period.IsDated).ShouldBe((hasBeginning, isDated));
    }

    [Theory]
    [InlineData("2026-01-02 10:00:00 a\n2026-01-02 11:30:00 b\n", true)]
    [InlineData("2026-01-02 11:10:00 a\n2026-01-02 11:30:00 b\n", false)]
    public void What_was_rotated_may_have_been_rotated_before_so_only_an_earlier_line_proves_the_beginning(string read, bool hasBeginning)
    {
        var period = (new LogText(read, false, Dates) { BeginsALine = true, Rotated = "app.log.1" }).Since(new DateTimeOffset(2026, 1, 2, 11, 0, 0, TimeSpan.FromHours(1)));

        (period.HasBeginning, period.Lines[^1]).ShouldBe((hasBeginning, "2026-01-02 11:30:00 b"));
        period.Lines.Count.ShouldBe(hasBeginning ? 1 : 2);
    }

    [Theory]
    [InlineData("login password=hunter2&next=1", "login password=***&next=1")]
    [InlineData("password=\"correct horse battery\" next", "password=*** next")]
    [InlineData("{\"token\": \"a \\\"b\\\" c\", \"x\": 1}", "{\"token\": ***, \"x\": 1}")]
    [InlineData("secret: 'two words', x", "secret: ***, x")]
    [InlineData("password='never closed again", "password=***")]
    public void What_a_program_names_as_a_secret_is_left_out_whole(string line, string shown) => CheckLogsVerifier.WithoutNamedSecrets(line).ShouldBe(shown);

    [Fact]
    public void An_exception_from_the_rule_counts_for_what_must_not_be_there_only()
    {
        var found = LogPatterns.Of(new CheckLogs("app.log", MustNot: ["ERROR|FATAL"], Must: ["ready"], Except: ["known"])).Value.In(["ERROR known ready", "FATAL a", "ERROR b"]);

        found.Select(matches => (matches.Pattern, matches.Lines.Count, matches.IsTrouble, matches.IsMissing)).ShouldBe([("ERROR|FATAL", 2, true, false), ("ready", 1, false, false)]);
    }

    [Fact]
    public void A_pattern_that_would_take_for_ever_elsewhere_takes_no_time_here_and_one_that_looks_back_is_refused()
    {
        LogPatterns.Of(new CheckLogs("app.log", MustNot: ["^(a+)+$"])).Value.In([new string('a', 4_000) + "!"]).Single().Lines.ShouldBeEmpty();
        LogPatterns.Of(new CheckLogs("app.log", MustNot: [@"(a)\1"])).Error!.Message.ShouldContain("without looking back");
    }
}
