using System.Diagnostics;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>Files brought to a real host: whole, compared there, and never twice.</summary>
public sealed class BringingFiles
{
    [Fact]
    public async Task A_hundred_megabytes_that_were_interrupted_are_not_brought_again()
    {
        await using var bench = await Bench.StartAsync("127.0.4.1");
        var (file, digest) = Made(bench, 100_000_000);
        var half = Path.Combine(bench.Visit.Place, "in", $"package.{digest.Short}.part");
        var sending = new HostUpload(bench.Hosts).SendAsync(file, digest, bench.Sshd.ConnectionTo(bench.Visit.Place), "in/package", bench.Visit.To(bench.Sshd.ConnectionTo(bench.Visit.Place)), CancellationToken.None);

        for (var began = Stopwatch.StartNew(); !File.Exists(half) || new FileInfo(half).Length < 20_000_000; await Task.Yield()) (began.Elapsed < TimeSpan.FromSeconds(60) && !sending.IsCompleted).ShouldBeTrue();
        bench.Sshd.DropConnections();
        new FileInfo(half).Length.ShouldBeLessThan(100_000_000);

        (await sending).ShouldBeNull();
        Digest.OfBytes(await File.ReadAllBytesAsync(Path.Combine(bench.Visit.Place, "in", "package"))).ShouldBe(digest);
        File.Exists(half).ShouldBeFalse();
        bench.Visit.Lines(LogStream.Hub).ShouldContain(line => line.Contains("bytes are there already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_visit_before_has_brought_is_gone_on_from_and_rubbish_is_brought_anew()
    {
        await using var bench = await Bench.StartAsync("127.0.4.2");
        var (file, digest) = Made(bench, 1_000_000);
        var half = Path.Combine(bench.Visit.Place, $"package.{digest.Short}.part");

        await File.WriteAllBytesAsync(half, (await File.ReadAllBytesAsync(file))[..400_000]);
        (await SendAsync(bench, file, digest)).ShouldBeNull();
        bench.Visit.Lines(LogStream.Hub).ShouldBe(["400,000 of 1,000,000 bytes are there already; the rest follows."]);

        await File.WriteAllBytesAsync(half, new byte[400_000]);
        (await SendAsync(bench, file, digest)).ShouldBeNull();
        Digest.OfBytes(await File.ReadAllBytesAsync(Path.Combine(bench.Visit.Place, "package"))).ShouldBe(digest);
    }

    [Fact]
    public async Task What_arrives_with_another_digest_is_not_put_into_place()
    {
        await using var bench = await Bench.StartAsync("127.0.4.3");
        var (file, _) = Made(bench, 1000);
        await File.WriteAllTextAsync(Path.Combine(bench.Visit.Place, "package"), "the old one");

        var refusal = await SendAsync(bench, file, Digest.OfText("something else"));

        refusal.ShouldNotBeNull().ShouldStartWith("What arrived of package on 127.0.4.3 has another SHA-256 than sha256:");
        (await File.ReadAllTextAsync(Path.Combine(bench.Visit.Place, "package"))).ShouldBe("the old one");
        Directory.EnumerateFiles(bench.Visit.Place, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_cannot_compute_a_checksum_has_the_file_read_back()
    {
        var tools = Directory.CreateTempSubdirectory("deployhub-tools-");
        foreach (var tool in (string[])["sh", "setsid", "cat", "mkdir"]) File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), new[] { $"/bin/{tool}", $"/usr/bin/{tool}" }.First(File.Exists));
        await using var bench = await Bench.StartAsync("127.0.4.4", $"SetEnv=PATH={tools.FullName}");
        var (file, digest) = Made(bench, 100_000);

        (await SendAsync(bench, file, digest)).ShouldBeNull();
        (await SendAsync(bench, file, Digest.OfText("something else"))).ShouldNotBeNull();
        tools.Delete(recursive: true);
    }

    [Fact]
    public async Task An_account_that_may_only_bring_files_is_given_them_over_sftp()
    {
        await using var bench = await Bench.StartAsync("127.0.4.6", "ForceCommand internal-sftp");
        var (file, digest) = Made(bench, 300_000);
        await File.WriteAllBytesAsync(Path.Combine(bench.Visit.Place, $"package.{digest.Short}.part"), (await File.ReadAllBytesAsync(file))[..100_000]);

        (await SendAsync(bench, file, digest)).ShouldBeNull();
        Digest.OfBytes(await File.ReadAllBytesAsync(Path.Combine(bench.Visit.Place, "package"))).ShouldBe(digest);
        bench.Visit.Lines(LogStream.Hub).ShouldBe(["100,000 of 300,000 bytes are there already; the rest follows."]);

        (await SendAsync(bench, file, Digest.OfText("something else"))).ShouldNotBeNull().ShouldContain("has another SHA-256");
        Directory.EnumerateFiles(bench.Visit.Place, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_connection_is_enough_and_an_empty_file_is_a_file()
    {
        await using var bench = await Bench.StartAsync("127.0.4.7");
        var (file, digest) = Made(bench, 0);

        (await SendAsync(bench, file, digest)).ShouldBeNull();

        new FileInfo(Path.Combine(bench.Visit.Place, "package")).Length.ShouldBe(0);
        bench.Sshd.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task Targets_on_one_host_bring_more_files_at_once_than_a_connection_has_room_for()
    {
        await using var bench = await Bench.StartAsync("127.0.4.9");
        var (file, digest) = Made(bench, 2_000_000);
        SshConnection[] targets = [.. Enumerable.Range(1, 16).Select(number => bench.Sshd.ConnectionTo(Directory.CreateDirectory($"{bench.Visit.Place}/{number}").FullName))];

        var refusals = await Task.WhenAll(targets.Select(host => new HostUpload(bench.Hosts).SendAsync(file, digest, host, "package", bench.Visit.To(host), CancellationToken.None)));

        refusals.ShouldAllBe(refusal => refusal == null);
        targets.ShouldAllBe(host => new FileInfo($"{host.Directory}/package").Length == 2_000_000);
        bench.Sshd.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_called_off_is_gone_on_from_later()
    {
        await using var bench = await Bench.StartAsync("127.0.4.8");
        var (file, digest) = Made(bench, 100_000_000);
        var half = Path.Combine(bench.Visit.Place, $"package.{digest.Short}.part");
        using var callOff = new CancellationTokenSource();
        SshConnection host = bench.Sshd.ConnectionTo(bench.Visit.Place);
        var sending = new HostUpload(bench.Hosts).SendAsync(file, digest, host, "package", bench.Visit.To(host), callOff.Token);
        for (var began = Stopwatch.StartNew(); !File.Exists(half) || new FileInfo(half).Length < 10_000_000; await Task.Yield()) (began.Elapsed < TimeSpan.FromSeconds(60) && !sending.IsCompleted).ShouldBeTrue();

        await callOff.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        new FileInfo(half).Length.ShouldBeLessThan(100_000_000);
        (await SendAsync(bench, file, digest)).ShouldBeNull();
        bench.Visit.Lines(LogStream.Hub).ShouldHaveSingleItem().ShouldContain("bytes are there already");
        bench.Sshd.SignIns.ShouldBe(1, "others use the connection, too");
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_said_in_a_sentence()
    {
        await using var bench = await Bench.StartAsync("127.0.4.5");
        var (file, digest) = Made(bench, 10);
        Directory.CreateDirectory(Path.Combine(bench.Visit.Place, "package", "full"));

        (await SendAsync(bench, file, digest)).ShouldNotBeNull().ShouldStartWith("package cannot be written on 127.0.4.5");
    }

    private static Task<string?> SendAsync(Bench bench, string file, Digest digest)
    {
        SshConnection host = bench.Sshd.ConnectionTo(bench.Visit.Place);
        return new HostUpload(bench.Hosts).SendAsync(file, digest, host, "package", bench.Visit.To(host), CancellationToken.None);
    }

    private static (string File, Digest Digest) Made(Bench bench, int size)
    {
        var (file, content) = (Path.Combine(Directory.CreateDirectory($"{bench.Visit.Place}/worker").FullName, "file"), new byte[size]);
        new Random(7).NextBytes(content);
        File.WriteAllBytes(file, content);
        return (file, Digest.OfBytes(content));
    }
}
