using System.Diagnostics;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>What the real minisign and the real GnuPG sign passes; whatever else lies there halts the run before anything is touched.</summary>
public sealed class CheckingSignatures(WorkingHub hub) : IClassFixture<WorkingHub>, IDisposable
{
    private readonly string _keys = Directory.CreateTempSubdirectory("deployhub-keys-").FullName;

    public void Dispose()
    {
        if (Directory.Exists(At("gnupg"))) Run("gpgconf", "--homedir", At("gnupg"), "--kill", "all");
        Directory.Delete(_keys, recursive: true);
    }

    [Fact]
    public async Task What_minisign_signed_is_deployed_until_its_key_is_revoked()
    {
        Assert.SkipWhen(TestDaemon.Missing("minisign") is not null, "Needs minisign.");
        using var estate = await ThatChecksAsync("{path}.minisig");
        Run("minisign", "-G", "-W", "-p", At("release.pub"), "-s", At("release.key"));
        Run("minisign", "-S", "-W", "-s", At("release.key"), "-m", Path.Combine(estate.Store, "1.0.0"), "-t", "release 1.0.0");
        await TrustAsync(estate, TrustedKeyKind.Minisign, await File.ReadAllTextAsync(At("release.pub"), TestContext.Current.CancellationToken));

        await estate.ReachesAsync(await estate.StartAsync(), RunStatus.Succeeded);

        (await hub.AsSystem.Send(new RevokeTrustedKey(estate.Name, "Its laptop was lost."))).Done();
        await HaltsAsync(estate, "1.0.0", "was revoked", again: true);
    }

    [Fact]
    public async Task A_signature_of_other_bytes_or_by_a_stranger_or_none_halts_and_nobody_can_waive_it()
    {
        Assert.SkipWhen(TestDaemon.Missing("minisign") is not null, "Needs minisign.");
        using var estate = await ThatChecksAsync("{path}.minisig");
        Run("minisign", "-G", "-W", "-p", At("release.pub"), "-s", At("release.key"));
        Run("minisign", "-G", "-W", "-p", At("other.pub"), "-s", At("other.key"));
        await TrustAsync(estate, TrustedKeyKind.Minisign, await File.ReadAllTextAsync(At("release.pub"), TestContext.Current.CancellationToken));

        var unsigned = await HaltsAsync(estate, "1.0.0", "holds no signature 1.0.0.minisig");
        (await estate.ResolveAsync(unsigned, ResolutionChoice.AcceptWithWaiver, await hub.PersonFor(Role.Approver))).Error.ShouldNotBeNull().Code.ShouldStartWith("run.");

        Run("minisign", "-S", "-W", "-s", At("other.key"), "-m", Path.Combine(estate.Store, "1.0.0"));
        await RetriedAsync(estate, unsigned, "which is not trusted here");

        Run("minisign", "-S", "-W", "-s", At("release.key"), "-m", Path.Combine(estate.Store, "1.1.0"));
        File.Move(Path.Combine(estate.Store, "1.1.0.minisig"), Path.Combine(estate.Store, "1.0.0.minisig"), overwrite: true);
        await RetriedAsync(estate, unsigned, "does not fit");

        Run("minisign", "-S", "-W", "-s", At("release.key"), "-m", Path.Combine(estate.Store, "1.0.0"));
        (await estate.ResolveAsync(unsigned, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(unsigned, RunStatus.Succeeded);
    }

    [Fact]
    public async Task A_checksum_file_that_GnuPG_signed_vouches_for_what_it_lists()
    {
        Assert.SkipWhen(TestDaemon.Missing("gpg") is not null, "Needs gpg.");
        using var estate = await ThatChecksAsync("{path}.asc", ", checksums: SHA256SUMS");
        Run("mkdir", "-m", "700", At("gnupg"));
        Gpg("--passphrase", "", "--quick-generate-key", "Release <release@example.com>", "ed25519", "sign", "never");
        await TrustAsync(estate, TrustedKeyKind.OpenPgp, Gpg("--armor", "--export", "--export-options", "export-minimal"));
        var list = Path.Combine(estate.Store, "SHA256SUMS");
        await File.WriteAllTextAsync(list, Run("sh", "-c", $"cd '{estate.Store}' && sha256sum 1.0.0"), TestContext.Current.CancellationToken);
        Gpg("--armor", "--detach-sign", list);

        await estate.ReachesAsync(await estate.StartAsync(), RunStatus.Succeeded);
        await HaltsAsync(estate, "1.1.0", "does not list “1.1.0”");
    }

    private Task<Estate> ThatChecksAsync(string signature, string more = "") => Estate.RegisterAsync(
        hub, Estate.Script("Install", "cp package installed"), targets: 1,
        change: (_, document) => Task.FromResult(document.Replace(
            "check-artefacts, timeout: 1m }]", $$"""check-artefacts, timeout: 1m }, { name: Ask who made it, uses: check-signature, with: { signature: "{{signature}}"{{more}} }, timeout: 1m }]""", StringComparison.Ordinal)));

    private async Task TrustAsync(Estate estate, TrustedKeyKind kind, string publicKey) =>
        (await hub.AsSystem.Send(new RegisterTrustedKey(estate.Name, "Release key", kind, publicKey, [estate.Name]))).Done();

    private static async Task<string> HaltsAsync(Estate estate, string label, string why, bool again = false)
    {
        var run = await estate.StartAsync(label, again);
        await HaltedAsync(estate, run, why);
        return run;
    }

    private static async Task RetriedAsync(Estate estate, string run, string why)
    {
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await HaltedAsync(estate, run, why);
    }

    private static async Task HaltedAsync(Estate estate, string run, string why)
    {
        await estate.ReachesAsync(run, RunStatus.Halted);
        var halt = (await estate.RunAsync(run)).OpenHalt!;
        halt.Cause.ShouldBe(HaltCause.SignatureInvalid);
        halt.Sentence.ShouldContain(why);
    }

    private string At(string name) => Path.Combine(_keys, name);

    private string Gpg(params string[] arguments) => Run("gpg", ["--homedir", At("gnupg"), "--batch", "--yes", .. arguments]);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var complaints = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, complaints.Result);
        return said;
    }
}
