namespace DeployHub.IntegrationTests.Hosting;

[Hub.TakesLong(145)]
public sealed class StartingDeployHub : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"deployhub-start-{Guid.NewGuid():N}");

    private Dictionary<string, string> Settings => new() { ["DeployHub__DataDirectory"] = _directory };

    private bool DatabaseRuns => File.Exists(Path.Combine(_directory, "postgres", "cluster", "postmaster.pid"));

    [Fact]
    public async Task One_process_serves_pages_and_works_and_takes_its_database_with_it_when_it_stops()
    {
        await using var deployHub = DeployHubProcess.Start(Settings, "--no-demo", "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = new Uri(await deployHub.ReadyAsync()) };

        (await http.GetStringAsync("/health/live")).ShouldContain("healthy");
        (await http.GetStringAsync("/health/ready")).ShouldContain("up to date");
        (await http.GetAsync("/css/hub.css")).IsSuccessStatusCode.ShouldBeTrue();
        DatabaseRuns.ShouldBeTrue();

        var invitation = InvitationIn(deployHub.Output);
        (await http.GetStringAsync(invitation)).ShouldContain("password");

        (await deployHub.TerminateAsync()).ShouldBe(0);
        DatabaseRuns.ShouldBeFalse();
    }

    [Fact]
    public async Task A_worker_opens_no_port()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open ports are read from /proc.");
        await using var worker = DeployHubProcess.Start(Settings, "--roles", "worker");
        await worker.ReadyAsync();

        ListeningSocketsOf(worker.Id).ShouldBeEmpty();
        (await worker.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Processes_that_start_together_on_an_empty_database_migrate_it_once()
    {
        var processes = Enumerable.Range(0, 3).Select(_ => DeployHubProcess.Start(Settings, "--migrate")).ToList();
        var exitCodes = await Task.WhenAll(processes.Select(process => process.EndAsync()));

        exitCodes.ShouldAllBe(code => code == 0, string.Concat(processes.Select(process => process.Output)));
        processes.Count(process => process.Output.Contains("Applying the migrations")).ShouldBe(1);
        DatabaseRuns.ShouldBeFalse();
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        await using var first = DeployHubProcess.Start(Settings, "--roles", "web", "--no-demo", "--urls", "http://127.0.0.1:0");
        var address = await first.ReadyAsync();

        await using var second = DeployHubProcess.Start(Settings, "--roles", "web", "--urls", address);
        (await second.EndAsync()).ShouldBe(1);
        second.Output.ShouldContain("address already in use. Choose another with --urls");
        second.Output.Contains("   at ").ShouldBeFalse(second.Output);
    }

    [Fact]
    public async Task Logs_can_be_one_JSON_object_a_line()
    {
        Dictionary<string, string> settings = new(Settings) { ["DeployHub__Logs"] = "json" };
        await using var web = DeployHubProcess.Start(settings, "--roles", "web", "--no-demo", "--urls", "http://127.0.0.1:0");
        for (var attempt = 0; !web.Output.Contains("DeployHub is ready"); attempt++)
        {
            attempt.ShouldBeLessThan(600, web.Output);
            await Task.Delay(100);
        }

        web.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldAllBe(line => line.StartsWith('{') && line.EndsWith('}'));
    }

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    private static string InvitationIn(string output) =>
        output.Split('\n').Single(line => line.Contains("first administrator")).Split(' ').Single(word => word.StartsWith("http")).Trim();

    private static IEnumerable<string> ListeningSocketsOf(int process)
    {
        var mine = Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "");
        string[] kinds = ["tcp", "tcp6"];
        var listening = kinds.SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[3] == "0A")
            .Select(fields => $"socket:[{fields[9]}]");
        return mine.Intersect(listening);
    }
}
