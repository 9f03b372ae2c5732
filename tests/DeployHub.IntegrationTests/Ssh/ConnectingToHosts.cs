using System.Net;
using System.Net.Sockets;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Checks;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>What connections do against real sshds: kept, opened again, closed, and never the reason for a hanging step.</summary>
public sealed class ConnectingToHosts
{
    [Fact]
    public async Task Steps_on_one_host_share_a_connection_even_when_they_come_at_once()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.1.1");
        using var visit = VisitTo(sshd);
        using var hosts = Visit.Hosts();

        var exits = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => RunAsync(hosts, visit, sshd.ConnectionTo(Path.Combine(visit.Place, $"{number}")), $"echo it is {number}")));

        exits.ShouldAllBe(exit => exit == 0);
        visit.Lines(LogStream.Out).ShouldBe(Enumerable.Range(0, 6).Select(number => $"it is {number}"), ignoreOrder: true);
        await TestHub.Until(() => Task.FromResult(sshd.SignIns > 0), "the sshd says who came");
        sshd.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_was_dropped_meanwhile_is_opened_again_before_the_command_starts()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.1.2");
        using var visit = VisitTo(sshd);
        using var hosts = Visit.Hosts();
        var host = sshd.ConnectionTo(visit.Place);
        var client = await hosts.ConnectAsync(host, visit, CancellationToken.None);

        sshd.DropConnections().ShouldBe(1);
        (await RemoteCommand.RunAsync(client, "echo once >> journal", host.Directory, null, visit.Write, CancellationToken.None)).ShouldBe(0);

        visit.File("journal").ShouldBe(["once"]);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_a_command_runs_is_not_opened_again()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.1.3");
        using var visit = VisitTo(sshd);
        using var hosts = Visit.Hosts();
        var step = new RunSshExecutor(hosts, TimeProvider.System).ExecuteAsync(new RunSsh("echo once >> journal; echo begun; sleep 2"), visit.To(sshd.ConnectionTo(visit.Place)), CancellationToken.None);
        await TestHub.Until(() => Task.FromResult(visit.Lines(LogStream.Out).Any()), "the command has begun");

        sshd.DropConnections();

        var failed = (await step).ShouldBeOfType<StepOutcome.Failed>();
        failed.Cause.ShouldBe(HaltCause.TargetUnreachable);
        failed.Reason.ShouldContain("was lost while a command ran");
        visit.File("journal").ShouldBe(["once"]);
    }

    [Fact]
    public async Task A_connection_that_nobody_uses_is_closed_and_one_in_use_is_not()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.1.4");
        using var visit = VisitTo(sshd);
        using var hosts = Visit.Hosts(options => options.IdleLimit = TimeSpan.FromSeconds(0.6));
        var host = sshd.ConnectionTo(visit.Place);

        (await RunAsync(hosts, visit, host, "sleep 2; echo done")).ShouldBe(0);
        var client = await hosts.ConnectAsync(host, visit, CancellationToken.None);
        client.IsConnected.ShouldBeTrue();

        await TestHub.Until(() => Task.FromResult(sshd.Said("Connection closed by") + sshd.Said("Received disconnect") + sshd.Said("Disconnected from") > 0), "the idle connection is closed");
        sshd.SignIns.ShouldBe(1);
    }

    /// <summary>Much shorter than an attempt to connect, which would still be open after it.</summary>
    private static readonly TimeSpan ClosingTakes = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Cold_hosts_are_connected_a_few_at_a_time()
    {
        using var visit = new Visit();
        visit.Secrets["ssh-key"] = "a password";
        using var hosts = Visit.Hosts(options => (options.ConnectsAtOnce, options.ConnectLimit) = (2, TimeSpan.FromSeconds(1)));
        using var silent = Silent("127.0.1.5");
        var (open, most) = (new List<Socket>(), 0);
        using var stop = new CancellationTokenSource();
        var accepting = AcceptAsync();

        var connects = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => ConnectAsync(hosts, visit, Unknown("127.0.1.5", silent, $"user-{number}"))));
        await stop.CancelAsync();
        await accepting;

        connects.ShouldAllBe(refused => refused!.Cause == HaltCause.TargetUnreachable);
        most.ShouldBe(2);

        async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    open.Add(await silent.AcceptSocketAsync(stop.Token));
                    for (var since = System.Diagnostics.Stopwatch.StartNew(); open.RemoveAll(IsGivenUp) == 0 && open.Count > 2 && since.Elapsed < ClosingTakes;) await Task.Delay(10);
                    most = Math.Max(most, open.Count);
                }
            }
            catch (OperationCanceledException)
            {
                open.ForEach(client => client.Dispose());
            }
        }

        static bool IsGivenUp(Socket client)
        {
            while (client.Available > 0) client.Receive(new byte[1024]); // how the worker introduced itself
            return client.Poll(0, SelectMode.SelectRead) && client.Available == 0;
        }
    }

    [Theory]
    [InlineData("refuses connections")]
    [InlineData("did not answer")]
    public async Task A_host_that_refuses_or_says_nothing_is_unreachable_within_the_limit_for_commands_uploads_and_checks(string how)
    {
        using var visit = new Visit();
        visit.Secrets["ssh-key"] = "a password";
        using var hosts = Visit.Hosts(options => options.ConnectLimit = TimeSpan.FromSeconds(1));
        using var silent = Silent("127.0.1.6");
        var host = Unknown("127.0.1.6", silent, "deploy");
        if (how == "refuses connections") silent.Stop();
        var target = new OnTarget(hosts);

        StepOutcome[] outcomes =
        [
            await new RunSshExecutor(hosts, TimeProvider.System).ExecuteAsync(new RunSsh("true"), visit.To(host), CancellationToken.None),
            await new CheckReachableVerifier(target).ExecuteAsync(new CheckReachable(), visit.To(host), CancellationToken.None),
            await new CheckDiskSpaceVerifier(target).ExecuteAsync(new CheckDiskSpace(1), visit.To(host), CancellationToken.None),
            await new CheckToolsVerifier(target).ExecuteAsync(new CheckTools(["sh"]), visit.To(host), CancellationToken.None),
            new StepOutcome.Failed((await ConnectSftpAsync(hosts, visit, host))!.Message, HaltCause.TargetUnreachable),
        ];

        foreach (var failed in outcomes.Select(outcome => outcome.ShouldBeOfType<StepOutcome.Failed>()))
        {
            failed.Cause.ShouldBe(HaltCause.TargetUnreachable);
            failed.Reason.ShouldContain($"127.0.1.6:{host.Port}");
            failed.Reason.ShouldContain(how);
            failed.Reason.ShouldMatch(@"waited [0-2]\.[0-9] s");
        }
    }

    [Fact]
    public async Task Another_host_key_is_refused_naming_both()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.1.7");
        using var visit = VisitTo(sshd);
        using var hosts = Visit.Hosts();
        var host = sshd.ConnectionTo(visit.Place);
        var now = await sshd.ChangeHostKeyAsync();

        var refused = (await ConnectAsync(hosts, visit, host)).ShouldNotBeNull();

        refused.Cause.ShouldBe(HaltCause.IdentityMismatch);
        refused.Message.ShouldContain(host.HostKey);
        refused.Message.ShouldContain(now);
    }

    private static Visit VisitTo(TestSshd sshd)
    {
        var visit = new Visit();
        visit.Secrets["ssh-key"] = sshd.Key;
        return visit;
    }

    private static async Task<int> RunAsync(SshHosts hosts, Visit visit, SshConnection host, string command) =>
        await RemoteCommand.RunAsync(await hosts.ConnectAsync(host, visit, CancellationToken.None), command, host.Directory, null, visit.Write, CancellationToken.None);

    private static async Task<HostRefusedException?> ConnectAsync(SshHosts hosts, Visit visit, SshConnection host)
    {
        try
        {
            await hosts.ConnectAsync(host, visit, CancellationToken.None);
            return null;
        }
        catch (HostRefusedException refused)
        {
            return refused;
        }
    }

    private static async Task<HostRefusedException?> ConnectSftpAsync(SshHosts hosts, Visit visit, SshConnection host)
    {
        try
        {
            using var sftp = await hosts.ConnectSftpAsync(host, visit, CancellationToken.None);
            return null;
        }
        catch (HostRefusedException refused)
        {
            return refused;
        }
    }

    private static TcpListener Silent(string address)
    {
        var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return listener;
    }

    private static SshConnection Unknown(string address, TcpListener listener, string user) =>
        new(address, ((IPEndPoint)listener.LocalEndpoint).Port, user, $"SHA256:{new string('A', 43)}", "ssh-key", "/tmp");
}
