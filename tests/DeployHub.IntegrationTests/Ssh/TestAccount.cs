using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>An account of this machine that lasts as long as a test.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    public const string Password = "open-Sesame'1 $x";

    private TestAccount(string name) => Name = name;

    public string Name { get; }

    public string Home => $"/tmp/{Name}";

    public static bool CanMake => TestSshd.CanStart && ((string[])["/usr/sbin/useradd", "/usr/bin/openssl", "/usr/bin/sudo"]).All(File.Exists);

    /// <param name="maySudo">With its password.</param>
    public static async Task<TestAccount> MakeAsync(bool maySudo = false)
    {
        var account = new TestAccount($"dh-{Guid.NewGuid():N}"[..14]);
        var hash = (await TestSshd.RunAsync("openssl", "passwd", "-6", Password)).Trim();
        string[] groups = maySudo ? ["-G", "sudo"] : [];
        await TestSshd.RunAsync("useradd", ["-m", "-d", account.Home, "-s", "/bin/sh", "-p", hash, .. groups, account.Name]);
        return account;
    }

    public async ValueTask DisposeAsync() => await TestSshd.RunAsync("userdel", "-r", "-f", Name);
}
