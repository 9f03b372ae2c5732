using System.Collections.Concurrent;
using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Worker;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Options;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>What a visit to a step sees and says, without a run around it.</summary>
internal sealed class Visit : IStepLog, ISecrets, IDisposable
{
    private readonly ConcurrentQueue<(LogStream Stream, string Text)> _lines = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-visit-").FullName;

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>A folder that is the target's place.</summary>
    public string Place => _directory;

    public IEnumerable<string> Lines(LogStream stream) => _lines.Where(line => line.Stream == stream).Select(line => line.Text);

    public string Text => string.Join('\n', _lines.Select(line => line.Text));

    public StepContext To(Connection connection, string? ticket = null, string key = "DEP-2026-000001/R1/Execute/host-1/1#1", SubjectVersion? version = null, DateTimeOffset? startedAt = null) => new()
    {
        Key = key,
        Subject = "host-1",
        Connection = connection,
        Version = version,
        Ticket = ticket,
        StartedAt = startedAt ?? DateTimeOffset.UtcNow,
        Log = this,
        Secrets = this,
    };

    public static SshHosts Hosts(Action<SshOptions>? set = null, TimeProvider? clock = null)
    {
        var options = new WorkerOptions();
        set?.Invoke(options.Ssh);
        return new SshHosts(clock ?? TimeProvider.System, Options.Create(options));
    }

    public void Write(LogStream stream, string line) => _lines.Enqueue((stream, line));

    public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Secrets.GetValueOrDefault(name));

    public string[] File(string name) => System.IO.File.Exists(Path.Combine(_directory, name)) ? System.IO.File.ReadAllLines(Path.Combine(_directory, name), Encoding.UTF8) : [];

    public void Dispose() => System.IO.Directory.Delete(_directory, recursive: true);
}
