using DeployHub.Worker.Checks;

namespace DeployHub.UnitTests.Workers;

/// <summary>What hosts and monitoring say of themselves is taken only as far as it can be believed.</summary>
public sealed class ReadingHosts
{
    [Fact]
    public void Capacity_is_what_a_host_says()
    {
        HostCapacity.Parse(["memory 2048000", "cpus 4", "load 0.52"]).ShouldBe(new HostCapacity(2000, 4, 0.52));
        HostCapacity.Parse(["memory 2048000", "cpus 4", "load 0.52", "memory 1024000", "cpus 2", "memory 4096000"]).ShouldBe(new HostCapacity(1000, 2, 0.52));
        HostCapacity.Parse(["cpus 4", "cpus 0"]).Cpus.ShouldBeNull("half a processor is less than can be told");
        HostCapacity.Parse(["memory -1", "cpus 0", "load NaN", "cpus 8", "and more words", ""]).ShouldBe(new HostCapacity(null, null, null));
        HostCapacity.Parse(["memory 99999999999999999999", "load 1e999"]).ShouldBe(new HostCapacity(null, null, null));
    }

    [Fact]
    public void Backups_are_listed_newest_first()
    {
        var listed = BackupFiles.Parse(["now 1000", "file 10 5 ./a b", "file 20 6 ./c", "file x 1 ./d", "file 1", "noise"]);

        listed.Files.Select(file => (file.Path, file.Bytes)).ShouldBe([("./c", 6L), ("./a b", 5L)]);
        (listed.Now, listed.Trouble).ShouldBe((DateTimeOffset.FromUnixTimeSeconds(1000), null));
        BackupFiles.Parse([]).Trouble.ShouldBe("the host did not answer");
        BackupFiles.Parse(["now 1000", "cannot this account may not look into /b"]).Trouble.ShouldBe("this account may not look into /b");
    }

    [Fact]
    public void A_pattern_is_nothing_but_a_pattern() =>
        BackupFiles.Question("-a $(touch pwned)/it's *.dump").ShouldContain("""set -- ./'-a $(touch pwned)/it'\''s '*'.dump'""");

    [Theory]
    [InlineData("2026-11-29T10:00:00Z", "2026-11-29T10:00:00Z")]
    [InlineData("\"2026-11-29 12:00:00.5+02:00\"", "2026-11-29T10:00:00.5Z")]
    [InlineData("1764410400\n", "2025-11-29T10:00:00Z")]
    [InlineData("1.7644104e9", "2025-11-29T10:00:00Z")]
    [InlineData("2026-11-29T10:00:00", null)]
    [InlineData("2026-13-29T10:00:00Z", null)]
    [InlineData("yesterday", null)]
    [InlineData("-1", null)]
    [InlineData("1e300", null)]
    [InlineData("", null)]
    public void An_instant_says_which_one_it_is(string text, string? instant) =>
        ToldInstant.Parse(text).ShouldBe(instant is null ? null : DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Alerts_count_by_label_and_severity_and_always_without_one()
    {
        var alerts = Alert.OfPrometheus("""
            {"status":"success","data":{"alerts":[
              {"labels":{"alertname":"Down","severity":"Critical","service":"shop"},"annotations":{"summary":"It is\ndown."},"state":"firing","activeAt":"2026-11-29T10:00:00Z"},
              {"labels":{"alertname":"Slow","severity":"warning","service":"shop"},"state":"firing"},
              {"labels":{"alertname":"Odd","service":"shop"},"state":"firing"},
              {"labels":{"alertname":"Other","severity":"critical","service":"blog"},"state":"firing"},
              {"labels":{"alertname":"Soon","severity":"critical","service":"shop"},"state":"pending"}]}}
            """)!;

        alerts.Count.ShouldBe(4);
        alerts[0].Summary.ShouldBe("It is down.");
        var labels = new Dictionary<string, string> { ["service"] = "shop" };
        alerts.Where(alert => alert.Counts(labels, ["critical"], "severity")).Select(alert => alert.Name).ShouldBe(["Down", "Odd"]);
        alerts.Count(alert => alert.Counts(labels, [], "severity")).ShouldBe(3);
    }

    [Fact]
    public void Alertmanager_is_asked_for_what_counts() =>
        AlertsSource.Filters(new Dictionary<string, string> { ["service"] = "a \"b\"\\", ["no name"] = "x", ["empty"] = "" }).ShouldBe("&filter=service%3D%22a%20%5C%22b%5C%22%5C%5C%22");

    [Fact]
    public void What_Alertmanager_suppresses_is_not_active() => Alert.OfAlertmanager("""
        [{"labels":{"alertname":"A"},"status":{"state":"active"},"startsAt":"2026-11-29T10:00:00Z"},{"labels":{"alertname":"B"},"status":{"state":"suppressed"}},{"labels":{"alertname":"C"},"status":{"state":"unprocessed"}}]
        """)!.Select(alert => alert.Name).ShouldBe(["A", "C"]);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"labels":{"a":1},"status":{"state":"active"}}]""")]
    [InlineData("""{"status":"error","data":{"alerts":[]}}""")]
    [InlineData("""{"status":"success","data":{"alerts":[{"state":"firing"}]}}""")]
    [InlineData("""{"status":"success","data":{"alerts":[{"state":"firing","labels":{"a":"\ud800"}}]}}""")]
    public void What_is_no_whole_list_of_alerts_is_none(string json)
    {
        Alert.OfPrometheus(json).ShouldBeNull();
        Alert.OfAlertmanager(json).ShouldBeNull();
    }
}
