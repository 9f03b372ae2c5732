using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>One sshd, one worker's connections and one target's folder; visits ssh steps as the engine does, without an engine.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly string _key = $"DEP-2026-000001/R1/Execute/host-{Guid.NewGuid():N}/1#1";
    private int _steps;

    private Bench(TestSshd sshd)
    {
        (Sshd, Hosts) = (sshd, Ssh.Visit.Hosts(options => options.ConnectLimit = TimeSpan.FromSeconds(10)));
        Visit.Secrets["ssh-key"] = sshd.Key;
    }

    public TestSshd Sshd { get; }

    public SshHosts Hosts { get; }

    public Visit Visit { get; } = new();

    /// <summary>Folders of commands that went on alone.</summary>
    public IEnumerable<string> TracesLeft =>
        Directory.Exists(Path.Combine(Sshd.Home, ".deployhub")) ? Directory.EnumerateDirectories(Path.Combine(Sshd.Home, ".deployhub")) : [];

    public static async Task<Bench> StartAsync(string address, params string[] options)
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        return new Bench(await TestSshd.StartAsync(address, options));
    }

    public Task<StepOutcome> VisitAsync(
        RunSsh settings, string? ticket = null, string? directory = null, string? user = null, TimeSpan? timeout = null, DateTimeOffset? startedAt = null, IStepLog? log = null,
        string? key = null, CancellationToken cancellationToken = default)
    {
        var host = Sshd.ConnectionTo(directory ?? Visit.Place);
        var context = Visit.To(user is null ? host : host with { User = user }, ticket, key ?? _key, startedAt: startedAt) with { Timeout = timeout };
        return new RunSshExecutor(Hosts, TimeProvider.System).ExecuteAsync(settings, log is null ? context : context with { Log = log }, cancellationToken);
    }

    /// <summary>Visits the step until it says how it ended.</summary>
    public async Task<StepOutcome> ToTheEndAsync(
        RunSsh settings, string? ticket = null, string? directory = null, string? user = null, TimeSpan? timeout = null, DateTimeOffset? startedAt = null, IStepLog? log = null,
        Func<Task>? between = null, CancellationToken cancellationToken = default)
    {
        var began = startedAt ?? DateTimeOffset.UtcNow;
        var key = startedAt is null ? $"{_key}-{Interlocked.Increment(ref _steps)}" : _key;
        while (true)
        {
            var outcome = await VisitAsync(settings, ticket, directory, user, timeout, began, log, key, cancellationToken);
            if (outcome is not StepOutcome.StillRunning waiting) return outcome;

            ticket = waiting.Ticket;
            if (between is not null) await between();
            await Task.Delay(waiting.CheckAgainIn, cancellationToken); // as the engine would
        }
    }

    public async ValueTask DisposeAsync()
    {
        Hosts.Dispose();
        await Sshd.DisposeAsync();
        Visit.Dispose();
    }
}
