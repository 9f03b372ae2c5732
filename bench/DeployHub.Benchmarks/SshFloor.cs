using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Ssh;
using Renci.SshNet;

namespace DeployHub.Benchmarks;

/// <summary>The commands of the fleet's play over SSH.NET and nothing else: no state, no log, no check of what happened.</summary>
internal static class SshFloor
{
    private static int _round;

    public static async Task RunAsync(TestSshd sshd, string package, string directory)
    {
        var release = $"releases/{++_round}";
        using var key = new PrivateKeyFile(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sshd.Key)));
        foreach (var batch in Enumerable.Range(1, FleetRollout.Hosts).Chunk(FleetRollout.AtOnce))
            await Task.WhenAll(batch.Select(host => Task.Run(() => OnHostAsync(new ConnectionInfo(
                FleetRollout.AddressOf(host), sshd.Port, System.Environment.UserName, new PrivateKeyAuthenticationMethod(System.Environment.UserName, key)), package, Path.Combine(directory, $"{host}"), release))));
    }

    private static async Task OnHostAsync(ConnectionInfo connection, string package, string place, string release)
    {
        Algorithms.Prefer(connection, new SshOptions()); // the floor is to pay for the work, not for a dearer handshake
        using var ssh = new SshClient(connection);
        using var sftp = new SftpClient(connection);
        await ssh.ConnectAsync(CancellationToken.None);
        await sftp.ConnectAsync(CancellationToken.None);
        await RunAsync(ssh, $"mkdir -p {place}/{release} && touch {place}/writable && rm {place}/writable && hostname");
        await using (var file = File.OpenRead(package)) await sftp.UploadFileAsync(file, $"{place}/package.tar.gz");
        await RunAsync(ssh, $"tar -xzf {place}/package.tar.gz -C {place}/{release}");
        await RunAsync(ssh, $"ln -sfn {release} {place}/current");
        await RunAsync(ssh, $"test -s {place}/current/payload");
        await RunAsync(ssh, "true");
    }

    private static async Task RunAsync(SshClient ssh, string command)
    {
        using var run = ssh.CreateCommand(command);
        await run.ExecuteAsync();
        if (run.ExitStatus is not 0) throw new InvalidOperationException($"“{command}” ended with {run.ExitStatus}: {run.Error}");
    }
}
