using DeployHub.IntegrationTests.Hub;
using Npgsql;

namespace DeployHub.IntegrationTests.Chaos;

/// <summary>Keeps two worker processes going and does to them and to their database what the world does, again and again.</summary>
internal sealed class Monkey(ChaosHub hub, Random random) : IAsyncDisposable
{
    private static readonly TimeSpan LongerThanTheLease = TimeSpan.FromSeconds(5);

    private readonly List<DeployHubProcess> _workers = [];
    private int _named;

    /// <summary>What was done, for the message of a test that fails.</summary>
    public List<string> Deeds { get; } = [];

    public async Task StartAsync()
    {
        while (_workers.Count < 2) await AddWorkerAsync();
    }

    /// <summary>One blow, and what it takes to work again.</summary>
    public async Task StrikeAsync()
    {
        var (deed, strike) = random.Next(5) switch
        {
            0 or 1 => ("kill -KILL", KillAsync()),
            2 => ("kill -STOP for longer than the lease", PauseAsync()),
            3 => ("delete every job", DeleteJobsAsync()),
            _ when random.Next(2) == 0 => ("restart PostgreSQL", hub.RestartDatabaseAsync(TimeSpan.FromSeconds(1))),
            _ => ("crash PostgreSQL", hub.CrashDatabaseAsync()),
        };
        Deeds.Add(deed);
        await strike;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
    }

    private async Task KillAsync()
    {
        var victim = _workers[random.Next(_workers.Count)];
        victim.Kill();
        await victim.EndAsync();
        _workers.Remove(victim);
        await victim.DisposeAsync();
        await AddWorkerAsync();
    }

    private async Task PauseAsync()
    {
        var victim = _workers[random.Next(_workers.Count)];
        await victim.SignalAsync("STOP");
        await Task.Delay(LongerThanTheLease);
        await victim.SignalAsync("CONT");
    }

    private async Task DeleteJobsAsync()
    {
        await using var connection = new NpgsqlConnection(hub.ConnectionString + ";Pooling=false"); // what a pool kept may be from before a restart
        await connection.OpenAsync();
        await using var delete = new NpgsqlCommand("delete from hangfire.jobqueue; delete from hangfire.job", connection);
        await delete.ExecuteNonQueryAsync();
    }

    private async Task AddWorkerAsync() => _workers.Add(await hub.StartWorkerAsync(
        $"worker-{++_named}", ("DeployHub__Worker__Lease", "00:00:03"), ("DeployHub__Worker__RenewEvery", "00:00:00.5"), ("DeployHub__Worker__SweepEvery", "00:00:01")));
}
