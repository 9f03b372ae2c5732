using System.Diagnostics;
using System.Net.Sockets;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>Every way a worker proves to a real sshd who it is, and the sentence when it cannot.</summary>
public sealed class SigningIn
{
    [Fact]
    public async Task A_key_that_is_locked_is_opened_by_its_passphrase()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.2.1");
        using var visit = new Visit();
        visit.Secrets["locked"] = await sshd.LetInAsync(passphrase: "Correct horse");
        (visit.Secrets["words"], visit.Secrets["other-words"]) = ("Correct horse", "Battery staple");
        var host = sshd.ConnectionTo(visit.Place, "locked");

        (await TryAsync(visit, host with { Passphrase = "words" })).ShouldBeNull();
        (await TryAsync(visit, host)).ShouldBe((HaltCause.CredentialInvalid, "The private key in the secret “locked” is locked: name the secret that holds its passphrase."));
        var wrong = (await TryAsync(visit, host with { Passphrase = "other-words" }))!.Value;
        wrong.Cause.ShouldBe(HaltCause.CredentialInvalid);
        wrong.Sentence.ShouldStartWith("The private key in the secret “locked” cannot be used with the passphrase in “other-words”");
        wrong.Sentence.ShouldNotContain("staple");
    }

    [Fact]
    public async Task A_secret_that_is_no_key_is_a_password()
    {
        Assert.SkipUnless(TestAccount.CanMake, "Needs root, useradd, openssl and sudo.");
        await using var account = await TestAccount.MakeAsync();
        await using var sshd = await (await TestSshd.StartAsync("127.0.2.2")).ForOthersToo();
        using var visit = new Visit();
        (visit.Secrets["password"], visit.Secrets["wrong"]) = (TestAccount.Password, "nonsense");
        var host = sshd.ConnectionTo(account.Home, "password") with { User = account.Name };

        (await TryAsync(visit, host)).ShouldBeNull();
        var refused = (await TryAsync(visit, host with { Credential = "wrong" }))!.Value;
        refused.Cause.ShouldBe(HaltCause.CredentialInvalid);
        refused.Sentence.ShouldStartWith($"127.0.2.2:{sshd.Port} does not let {account.Name} in with the secret “wrong”");
        refused.Sentence.ShouldNotContain("nonsense");
    }

    [Fact]
    public async Task A_certificate_lets_in_where_the_key_alone_does_not()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        var folder = Directory.CreateTempSubdirectory("deployhub-ca-");
        string At(string file) => Path.Combine(folder.FullName, file);
        await TestSshd.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", At("ca"));
        await TestSshd.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", At("user"));
        await TestSshd.RunAsync("ssh-keygen", "-q", "-s", At("ca"), "-I", "worker", "-n", System.Environment.UserName, At("user.pub"));
        await using var sshd = await TestSshd.StartAsync("127.0.2.3", "AuthorizedKeysFile=none", $"TrustedUserCAKeys={At("ca.pub")}");
        using var visit = new Visit();
        (visit.Secrets["user-key"], visit.Secrets["user-cert"]) = (await File.ReadAllTextAsync(At("user")), await File.ReadAllTextAsync(At("user-cert.pub")));
        var host = sshd.ConnectionTo(visit.Place, "user-key");

        (await TryAsync(visit, host with { Certificate = "user-cert" })).ShouldBeNull();
        (await TryAsync(visit, host))!.Value.Cause.ShouldBe(HaltCause.CredentialInvalid);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    public async Task An_agent_signs_so_that_the_worker_never_sees_the_key(string type)
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var sshd = await TestSshd.StartAsync("127.0.2.4");
        using var visit = new Visit();
        var (socket, key) = (sshd.At("agent"), sshd.At("agent-key"));
        using var agent = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", socket]) { RedirectStandardOutput = true })!;
        await TestHub.Until(() => ListensAsync(socket), "the agent listens");
        var host = sshd.ConnectionTo(visit.Place, "") with { SignIn = SshSignIn.Agent };

        (await TryAsync(visit, host, options => options.AgentSocket = socket)).ShouldBe((HaltCause.CredentialInvalid, $"The SSH agent at {socket} holds no key, so 127.0.2.4 cannot be signed in to."));

        await File.WriteAllTextAsync(key, await sshd.LetInAsync(type));
        await TestSshd.RunAsync("chmod", "600", key);
        using (var add = Process.Start(new ProcessStartInfo("ssh-add", ["-q", key]) { Environment = { ["SSH_AUTH_SOCK"] = socket } })!) await add.WaitForExitAsync();
        (await TryAsync(visit, host, options => options.AgentSocket = socket)).ShouldBeNull();

        agent.Kill();
        await agent.WaitForExitAsync();
        (await TryAsync(visit, host, options => options.AgentSocket = socket))!.Value.Sentence.ShouldBe($"The SSH agent at {socket} does not answer, so 127.0.2.4 cannot be signed in to.");
        (await TryAsync(visit, host, options => options.AgentSocket = null))!.Value.Sentence.ShouldContain("SSH_AUTH_SOCK");
    }

    /// <summary>The socket is there a moment before anybody listens.</summary>
    private static async Task<bool> ListensAsync(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Targets_behind_a_jump_host_share_one_connection_to_it()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var jump = await TestSshd.StartAsync("127.0.2.10");
        await using var first = await TestSshd.StartAsync("127.0.2.11");
        await using var second = await TestSshd.StartAsync("127.0.2.12");
        using var visit = new Visit();
        (visit.Secrets["jump-key"], visit.Secrets["first"], visit.Secrets["second"]) = (jump.Key, first.Key, second.Key);
        using var hosts = Visit.Hosts();

        foreach (var (sshd, credential) in new[] { (first, "first"), (second, "second"), (first, "first") })
            (await TryAsync(visit, sshd.ConnectionTo(visit.Place, credential) with { Jump = jump.AsJump("jump-key") }, hosts: hosts)).ShouldBeNull();

        (jump.SignIns, first.SignIns, second.SignIns).ShouldBe((1, 1, 1));
        using (var sftp = await hosts.ConnectSftpAsync(first.ConnectionTo(visit.Place, "first") with { Jump = jump.AsJump("jump-key") }, visit, CancellationToken.None)) sftp.Exists(visit.Place).ShouldBeTrue();
        jump.SignIns.ShouldBe(1);

        jump.DropConnections(); // and the way to the targets with it
        (await TryAsync(visit, first.ConnectionTo(visit.Place, "first") with { Jump = jump.AsJump("jump-key") }, hosts: hosts)).ShouldBeNull();
        jump.SignIns.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_wrong_with_a_jump_host_is_said_of_the_jump_host()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        await using var jump = await TestSshd.StartAsync("127.0.2.20");
        await using var sshd = await TestSshd.StartAsync("127.0.2.21");
        using var visit = new Visit();
        (visit.Secrets["jump-key"], visit.Secrets["ssh-key"]) = (jump.Key, sshd.Key);
        var host = sshd.ConnectionTo(visit.Place) with { Jump = jump.AsJump("jump-key") };

        var mismatch = (await TryAsync(visit, host with { Jump = host.Jump! with { HostKey = sshd.HostKey } }))!.Value;
        mismatch.Cause.ShouldBe(HaltCause.IdentityMismatch);
        mismatch.Sentence.ShouldContain($"through a jump host, and that fails: 127.0.2.20:{jump.Port} shows the host key {jump.HostKey}, but {sshd.HostKey} is pinned");

        (await TryAsync(visit, host with { HostKey = jump.HostKey }))!.Value.Cause.ShouldBe(HaltCause.IdentityMismatch);
        (await TryAsync(visit, host with { Jump = host.Jump! with { Credential = "ssh-key" } }))!.Value.Cause.ShouldBe(HaltCause.CredentialInvalid);

        await sshd.StopAsync();
        var behind = (await TryAsync(visit, host))!.Value;
        behind.Cause.ShouldBe(HaltCause.TargetUnreachable);
        behind.Sentence.ShouldContain($"127.0.2.21:{sshd.Port} (behind 127.0.2.20:{jump.Port}) cannot be reached, waited");

        await jump.StopAsync();
        var before = (await TryAsync(visit, host))!.Value;
        before.Cause.ShouldBe(HaltCause.TargetUnreachable);
        before.Sentence.ShouldContain($"127.0.2.20:{jump.Port} refuses connections");
    }

    private static async Task<(HaltCause Cause, string Sentence)?> TryAsync(Visit visit, SshConnection host, Action<SshOptions>? set = null, SshHosts? hosts = null)
    {
        using var own = hosts is null ? Visit.Hosts(set) : null;
        try
        {
            var client = await (hosts ?? own!).ConnectAsync(host, visit, CancellationToken.None);
            (await RemoteCommand.RunAsync(client, "true", host.Directory, null, visit.Write, CancellationToken.None)).ShouldBe(0);
            return null;
        }
        catch (HostRefusedException refused)
        {
            return (refused.Cause, refused.Message);
        }
    }
}
