using System.Diagnostics;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.Benchmarks;

/// <summary>The fleet's play for ansible-playbook as its own documentation would write it, with pipelining and as many forks as a batch has hosts.</summary>
internal static class AnsibleFleet
{
    private const string Play = """
        - hosts: all
          gather_facts: false
          serial: AT_ONCE
          tasks:
            - file: { path: "{{ place }}/releases/1", state: directory }
            - unarchive: { src: "PACKAGE", dest: "{{ place }}/releases/1" }
            - file: { src: releases/1, dest: "{{ place }}/current", state: link }
            - command: test -s {{ place }}/current/payload
        """;

    public static bool IsInstalled => File.Exists("/usr/bin/ansible-playbook");

    public static async Task RunAsync(TestSshd sshd, string package, string directory)
    {
        Directory.CreateDirectory(directory);
        var key = Path.Combine(directory, "key");
        await File.WriteAllTextAsync(key, sshd.Key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead);
        await File.WriteAllTextAsync(Path.Combine(directory, "play.yml"), Play.Replace("AT_ONCE", $"{FleetRollout.AtOnce}", StringComparison.Ordinal).Replace("PACKAGE", package, StringComparison.Ordinal));
        await File.WriteAllLinesAsync(Path.Combine(directory, "hosts.ini"), Enumerable.Range(1, FleetRollout.Hosts).Select(host =>
            $"host-{host} ansible_host={FleetRollout.AddressOf(host)} ansible_port={sshd.Port} ansible_user={System.Environment.UserName} ansible_ssh_private_key_file={key} ansible_python_interpreter=/usr/bin/python3 place={directory}/{host}"));

        var start = new ProcessStartInfo("ansible-playbook", ["-i", "hosts.ini", "-f", $"{FleetRollout.AtOnce}", "play.yml"]) { WorkingDirectory = directory, RedirectStandardOutput = true };
        (start.Environment["ANSIBLE_HOST_KEY_CHECKING"], start.Environment["ANSIBLE_PIPELINING"]) = ("False", "True");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"ansible-playbook ended with {process.ExitCode}:\n{output[^Math.Min(output.Length, 2000)..]}");
    }
}
