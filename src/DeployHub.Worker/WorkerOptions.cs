using DeployHub.Domain.Workers;
using DeployHub.Worker.Git;
using DeployHub.Worker.Ssh;

namespace DeployHub.Worker;

/// <summary>How one worker process behaves; section <c>DeployHub:Worker</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>Shown on pages and in events.</summary>
    public string Name { get; set; } = $"{System.Environment.MachineName.ToLowerInvariant()}-{System.Environment.ProcessId}";

    /// <summary>How many target runs it takes at once.</summary>
    public int Hands { get; set; } = 16;

    /// <summary>Names of the pools it serves, separated by commas; empty for the default pool alone.</summary>
    public string Pools { get; set; } = "";

    /// <summary>How long a claim holds without being renewed (CR-2).</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan RenewEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often due work is looked for whose ring was lost.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it says that it is there and hears whether somebody drains it.</summary>
    public TimeSpan BeatEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long steps may still run after the process was told to stop.</summary>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary><see cref="Pools"/> read; the start refuses what cannot be.</summary>
    internal Pools ServedPools => Domain.Workers.Pools.Parse(Pools).Value;

    public SshOptions Ssh { get; set; } = new();

    public GitOptions Git { get; set; } = new();
}
