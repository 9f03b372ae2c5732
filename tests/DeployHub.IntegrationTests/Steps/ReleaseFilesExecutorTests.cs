using System.Diagnostics;
using System.Formats.Tar;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ReleaseFilesExecutorTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    private byte[] _artefact = Archives.TarGz(("app/version", "2.5.1"), ("app/run", "#!/bin/sh"));

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new ReleaseFiles(Label: "2.5.1");

    protected override (StepSettings, string[])? Failing => (new ReleaseFiles(Label: "2.5.1", Shared: ["config.yml"]), ["shared/config.yml", "web-1"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings Telling => new ReleaseFiles("in/${secret:planted}", Label: "2.5.1", Shared: ["${secret:planted}"]);

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", _artefact));

    protected override async Task<string> StateAsync()
    {
        var lines = Directory.GetFiles(Bench.Local.Directory, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(Bench.Local.Directory, file)} {File.ReadAllText(file)}").Order();
        return string.Join('\n', lines.Append(LinkOf("current")).Append(LinkOf("previous")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_link_leads_to_the_new_release_and_remembers_the_one_before(bool isRemote)
    {
        var connection = Reach(isRemote);
        await ReleaseAsync(connection, "1.0", ("version", "1.0"));
        var evidence = await ReleaseAsync(connection, "1.1", ("version", "1.1"));

        ReadCurrent("version").ShouldBe("1.1");
        (LinkOf("current"), LinkOf("previous")).ShouldBe(("releases/1.1", "releases/1.0"));
        evidence["Release"].ShouldBe(Bench.OnTarget("releases/1.1"));
        evidence["Previous release"].ShouldBe("1.0");
        evidence["Digest"].ShouldStartWith("sha256:");
        Directory.GetFileSystemEntries(Bench.OnTarget("releases")).Select(Path.GetFileName).ShouldBe(["1.0", "1.1"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_complete_release_with_the_same_content_is_not_unpacked_again_and_going_back_only_switches()
    {
        await ReleaseAsync(Bench.Local, "1.0", ("version", "1.0"));
        await File.WriteAllTextAsync(Bench.OnTarget("releases/1.0/written-later"), "");
        await ReleaseAsync(Bench.Local, "1.1", ("version", "1.1"));
        var evidence = await ReleaseAsync(Bench.Local, "1.0", ("version", "1.0"));

        File.Exists(Bench.OnTarget("current/written-later")).ShouldBeTrue();
        evidence["Previous release"].ShouldBe("1.1");
        (LinkOf("current"), LinkOf("previous")).ShouldBe(("releases/1.0", "releases/1.1"));
    }

    [Fact]
    public async Task Only_as_many_as_told_are_kept_and_never_less_than_the_current_and_the_previous_one()
    {
        foreach (var label in (string[])["1", "2", "3", "4"]) await ReleaseAsync(Bench.Local, label, keep: 3, files: ("version", label));
        Releases().ShouldBe(["2", "3", "4"]);

        await ReleaseAsync(Bench.Local, "2", keep: 3, files: ("version", "2"));
        Directory.CreateDirectory(Bench.OnTarget("releases/somebody's own"));
        var evidence = await ReleaseAsync(Bench.Local, "5", keep: 1, files: ("version", "5"));

        Releases().ShouldBe(["2", "5", "somebody's own"]);
        evidence["Pruned"].Split(", ").ShouldBe(["3", "4"], ignoreOrder: true);
        evidence["Previous release"].ShouldBe("2");
    }

    [Fact]
    public async Task One_label_holds_one_content()
    {
        await ReleaseAsync(Bench.Local, "1.0", ("version", "1.0"));
        _artefact = Archives.TarGz(("version", "forged"));

        var failed = await FailsAsync(new ReleaseFiles(Label: "1.0"));
        failed.Reason.ShouldContain("releases/1.0 holds another content");
        failed.Cause.ShouldBe(HaltCause.DriftDetected);
        ReadCurrent("version").ShouldBe("1.0");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shared_files_and_folders_outlive_releases(bool isRemote)
    {
        Directory.CreateDirectory(Bench.OnTarget("app of mine/shared/config"));
        await File.WriteAllTextAsync(Bench.OnTarget("app of mine/shared/config/it's.yml"), "secret");
        _artefact = Archives.TarGz(("config/it's.yml", "an example"), ("config/other", "own"), ("data/example", ""));
        var outcome = await Bench.VisitAsync(new ReleaseFiles("app of mine", Label: "1.0", Shared: ["config/it's.yml", "data/"]), Reach(isRemote), Version);

        outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}");
        (await File.ReadAllTextAsync(Bench.OnTarget("app of mine/current/config/it's.yml"))).ShouldBe("secret");
        (await File.ReadAllTextAsync(Bench.OnTarget("app of mine/current/config/other"))).ShouldBe("own");
        await File.WriteAllTextAsync(Bench.OnTarget("app of mine/current/data/written"), "");
        File.Exists(Bench.OnTarget("app of mine/shared/data/written")).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_reads_through_the_link_always_finds_a_whole_release()
    {
        await ReleaseAsync(Bench.Local, "0", ("version", "0"));
        using var over = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var seen = 0;
            for (; !over.IsCancellationRequested; seen++) ReadCurrent("version").Length.ShouldBe(1);
            return seen;
        });
        foreach (var label in (string[])["1", "2", "3", "4", "5"]) await ReleaseAsync(Bench.Local, label, keep: 2, files: ("version", label));
        await over.CancelAsync();

        (await reading).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task What_a_lost_worker_left_is_swept_away()
    {
        Directory.CreateDirectory(Bench.OnTarget("releases/.incoming-1/half"));
        await File.WriteAllTextAsync(Bench.OnTarget("releases/.incoming-1.tar"), "half");
        await ReleaseAsync(Bench.Local, "1.0", ("version", "1.0"));

        Directory.GetFileSystemEntries(Bench.OnTarget("releases")).Select(Path.GetFileName).ShouldBe(["1.0"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_is_said_and_leaves_current_as_it_was(bool isRemote)
    {
        Assert.SkipUnless(System.Environment.UserName is "root" && Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", Bench.Local.Directory) == 0, "Needs to mount a small disk.");
        try
        {
            var connection = Reach(isRemote);
            await ReleaseAsync(connection, "1.0", ("version", "1.0"));
            _artefact = Archives.TarGz(("big", new string('x', 8_000_000)));
            Full(await Bench.VisitAsync(new ReleaseFiles(Label: "2.0"), connection, Version));

            // what a look at the free space cannot foresee: many small files need more blocks than bytes
            _artefact = Archives.TarGz([.. Enumerable.Range(0, 1200).Select(number => ($"small/{number}", "x"))]);
            Full(await Bench.VisitAsync(new ReleaseFiles(Label: "3.0"), connection, Version));
            Releases().ShouldBe(["1.0"]);
        }
        finally
        {
            Run("umount", Bench.Local.Directory).ShouldBe(0);
        }

        void Full(StepOutcome outcome)
        {
            var failed = outcome.ShouldBeOfType<StepOutcome.Failed>($"{outcome}");
            failed.Cause.ShouldBe(HaltCause.CapacityLow, failed.Reason);
            failed.Reason.ShouldContain("“current” stays as it was");
            ReadCurrent("version").ShouldBe("1.0");
        }
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("app/../../outside")]
    [InlineData("/tmp/outside")]
    [InlineData("two\nlines")]
    [InlineData(".deployhub-release")]
    public Task A_path_that_leaves_the_release_is_refused(string name) => RefusesAsync(Archives.File(name, "x"));

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../shared")]
    [InlineData("../x")]
    [InlineData("inside/../../x")]
    [InlineData("inside/..")]
    public Task A_link_that_leaves_the_release_is_refused(string to) => RefusesAsync(Archives.File("file", "x"), Archives.Link("link", to));

    [Fact]
    public Task Nothing_is_written_through_a_link() => RefusesAsync(Archives.Link("link", "folder"), Archives.File("link/file", "x"));

    [Fact]
    public Task A_name_is_there_once() => RefusesAsync(Archives.Link("file", "other"), Archives.File("file", "x"));

    [Fact]
    public Task A_hard_link_leads_to_a_file_of_the_archive() => RefusesAsync(Archives.File("file", "x"), Archives.Link("link", "/etc/passwd", TarEntryType.HardLink));

    [Fact]
    public Task A_device_is_refused() => RefusesAsync(new GnuTarEntry(TarEntryType.CharacterDevice, "null") { DeviceMajor = 1, DeviceMinor = 3 });

    [Fact]
    public async Task Links_inside_keep_working_and_no_program_gains_another_user_s_rights()
    {
        _artefact = Archives.TarGz(
            Archives.File("bin/tool", "tool", UnixFileMode.SetUser | UnixFileMode.UserRead | UnixFileMode.UserExecute), Archives.Link("sbin/tool", "../bin/tool"),
            Archives.Link("bin/again", "bin/tool", TarEntryType.HardLink), Archives.Link("latest", "bin"));
        await SucceedsAsync(new ReleaseFiles(Label: "1.0"));

        foreach (var name in (string[])["bin/tool", "sbin/tool", "bin/again", "latest/tool"]) ReadCurrent(name).ShouldBe("tool");
        File.GetUnixFileMode(Bench.OnTarget("current/bin/tool")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_zip_is_unpacked_with_its_modes_and_links()
    {
        _artefact = Archives.Zip(("app\\readme.txt", "read me", 0), ("app/run", "#!/bin/sh", 0x81ED), ("app/link", "run", 0xA1FF), ("app/", "", 0x41ED));
        await SucceedsAsync(new ReleaseFiles(Label: "1.0", Strip: 1));

        ReadCurrent("readme.txt").ShouldBe("read me");
        ReadCurrent("link").ShouldBe("#!/bin/sh");
        File.GetUnixFileMode(Bench.OnTarget("current/run")).HasFlag(UnixFileMode.GroupExecute).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("just some text that is no archive at all", "is neither tar, tar.gz nor zip")]
    [InlineData("PK\u0003\u0004 and then nothing", "is broken")]
    public async Task What_is_no_archive_is_said(string content, string sentence)
    {
        _artefact = System.Text.Encoding.UTF8.GetBytes(content);
        (await FailsAsync(new ReleaseFiles(Label: "1.0"))).Reason.ShouldContain(sentence);
    }

    [Fact]
    public async Task Half_an_archive_is_said_to_be_broken()
    {
        var whole = Archives.TarGz(("file", string.Concat(Enumerable.Range(0, 100_000))));
        _artefact = whole[..(whole.Length / 2)];
        (await FailsAsync(new ReleaseFiles(Label: "1.0"))).Reason.ShouldContain("is broken");
    }

    [Fact]
    public async Task An_archive_that_grows_without_measure_is_stopped()
    {
        _artefact = Archives.TarGz(("bomb", new string('0', 3 * 1024 * 1024)));
        (await FailsAsync(new ReleaseFiles(Label: "1.0", MaximumMiB: 2))).Reason.ShouldContain("unpacks to more than 2 MiB");
    }

    [Theory]
    [InlineData("../1.0")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    [InlineData("$(touch pwned)")]
    [InlineData("x\ny")]
    public async Task A_label_that_names_no_folder_is_refused(string label)
    {
        (await FailsAsync(new ReleaseFiles(Label: label))).Reason.ShouldContain("cannot name a release's folder");
        Directory.GetFileSystemEntries(Bench.Local.Directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task Something_else_named_current_is_left_alone()
    {
        Directory.CreateDirectory(Bench.OnTarget("current"));
        (await FailsAsync(Working)).Reason.ShouldContain("“current” is no link");
    }

    private async Task RefusesAsync(params TarEntry[] entries)
    {
        _artefact = Archives.TarGz(entries);
        (await FailsAsync(new ReleaseFiles(Label: "1.0"))).Reason.ShouldStartWith("The artefact package ");
        Releases().ShouldBeEmpty();
    }

    private Connection Reach(bool isRemote)
    {
        Assert.SkipWhen(isRemote && SshTarget.Missing is not null, SshTarget.Missing ?? "");
        return isRemote ? target.In(Bench.Local.Directory, Bench) : Bench.Local;
    }

    private Task<Dictionary<string, string>> ReleaseAsync(Connection connection, string label, params (string, string)[] files) => ReleaseAsync(connection, label, 5, files);

    private async Task<Dictionary<string, string>> ReleaseAsync(Connection connection, string label, int keep, params (string, string)[] files)
    {
        _artefact = Archives.TarGz(files);
        var outcome = await Bench.VisitAsync(new ReleaseFiles(Label: label, Keep: keep), connection, Version);
        return outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}\n{string.Join('\n', Bench.Log)}").Evidence.ToDictionary(evidence => evidence.Name, evidence => evidence.Value);
    }

    private IEnumerable<string> Releases() => Directory.GetDirectories(Bench.OnTarget("releases")).Select(path => Path.GetFileName(path)).Order();

    private string ReadCurrent(string file) => File.ReadAllText(Bench.OnTarget($"current/{file}"));

    private string? LinkOf(string name) => new FileInfo(Bench.OnTarget(name)).LinkTarget;

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
