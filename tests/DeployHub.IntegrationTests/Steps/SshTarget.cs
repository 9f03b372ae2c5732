using DeployHub.Domain.Inventory;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>One sshd for a class of tests.</summary>
public class SshTarget : IAsyncLifetime
{
    private TestSshd? _sshd;

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Missing => TestSshd.CanStart ? null : TestSshd.Why;

    internal SshConnection In(string directory, Workbench bench)
    {
        bench.Know("ssh-key", _sshd!.Key);
        return new SshConnection("127.0.0.1", _sshd.Port, System.Environment.UserName, _sshd.HostKey, "ssh-key", directory);
    }

    /// <summary>A folder whose programs its commands find first.</summary>
    protected virtual string? Path => null;

    public async ValueTask InitializeAsync() => _sshd = Missing is not null ? null : Path is { } path ? await TestSshd.StartWithPathAsync(path) : await TestSshd.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_sshd is not null) await _sshd.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
