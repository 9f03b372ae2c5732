using System.Text;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ConfigureFilesExecutorTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    private const string Json = "{\r\n  // who we are\r\n  \"Name\": \"shop\", \"Port\": 80\r\n}\r\n";

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new ConfigureFiles([new("app.json", Values(("Name", "store"), ("Port", "8080"))), new("conf/app.properties", Values(("name", "${secret:planted}")))]);

    protected override (StepSettings, string[])? Failing => (new ConfigureFiles([new("app.json", Values(("Port", "${secret:planted}")))]), ["web-1", "app.json", "“Port”", "line 3", "nothing was changed"]);

    /// <summary>What it does ends by itself.</summary>
    protected override (StepSettings, string?)? Endless => null;

    protected override Task PrepareAsync()
    {
        Directory.CreateDirectory(Bench.OnTarget("releases/1/conf"));
        Directory.CreateSymbolicLink(Bench.OnTarget("current"), "releases/1");
        File.WriteAllText(At("app.json"), Json, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(At("conf/app.properties"), "name = shop\n");
        return Task.CompletedTask;
    }

    protected override Task<string> StateAsync() => Task.FromResult(string.Concat(File.ReadAllText(At("app.json")), File.ReadAllText(At("conf/app.properties")), File.GetLastWriteTimeUtc(At("app.json")).Ticks));

    [Fact]
    public async Task Only_the_values_change_and_mark_mode_and_line_ends_stay()
    {
        File.SetUnixFileMode(At("app.json"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        (await SucceedsAsync(Working))["app.json"].ShouldBe("changed Name, Port");

        (await File.ReadAllBytesAsync(At("app.json"))).ShouldBe([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Json.Replace("shop", "store").Replace("80", "8080"))]);
        File.GetUnixFileMode(At("app.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Directory.GetFileSystemEntries(At("."), "*", SearchOption.AllDirectories).Length.ShouldBe(3, "nothing is left beside the two files and their folder");
        Bench.Log.ShouldContain("app.json: changed Name, Port");
        (await SucceedsAsync(Working)).Values.ShouldBe(["unchanged", "unchanged"]);
    }

    [Fact]
    public async Task One_file_that_cannot_be_edited_leaves_the_others_as_they_are()
    {
        var before = await StateAsync();
        await File.WriteAllTextAsync(At("bad.yaml"), "a: 1\n b: 2\n");

        var failed = await FailsAsync(new ConfigureFiles([new("app.json", Values(("Name", "store"))), new("bad.yaml", Values(("a", "2")))]));

        failed.Reason.ShouldBe("bad.yaml on web-1 is no valid YAML (line 2); nothing was changed.");
        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_link_is_followed_below_the_target_s_directory_and_not_out_of_it()
    {
        Directory.CreateDirectory(Bench.OnTarget("shared"));
        await File.WriteAllTextAsync(Bench.OnTarget("shared/x.env"), "A=1\n");
        File.CreateSymbolicLink(At("x.env"), "../../shared/x.env");
        await File.WriteAllTextAsync(Bench.At("outside.env"), "A=1\n");
        File.CreateSymbolicLink(At("y.env"), Bench.At("outside.env"));

        await SucceedsAsync(new ConfigureFiles([new("x.env", Values(("A", "2")))]));
        (await File.ReadAllTextAsync(Bench.OnTarget("shared/x.env"))).ShouldBe("A=2\n");
        new FileInfo(At("x.env")).LinkTarget.ShouldNotBeNull();
        (await FailsAsync(new ConfigureFiles([new("y.env", Values(("A", "2")))]))).Reason.ShouldContain("leads out of the target's directory");
    }

    [Theory]
    [InlineData("./app.json")]
    [InlineData("link.json")]
    public async Task One_file_under_two_names_is_refused_before_anything_is_written(string other)
    {
        File.CreateSymbolicLink(At("link.json"), "app.json");
        var before = await StateAsync();

        var failed = await FailsAsync(new ConfigureFiles([new("app.json", Values(("Name", "store"))), new(other, Values(("Port", "8080")))]));

        failed.Reason.ShouldBe($"app.json and {other} are the same file on web-1: name it once; nothing was changed.");
        (await StateAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("missing.json", "current", "missing.json on web-1 is not there; nothing was changed.")]
    [InlineData("app.json", "other", "app.json on web-1 cannot be looked for: there is no folder other; nothing was changed.")]
    [InlineData("conf", "current", "conf on web-1 is no file; nothing was changed.")]
    public async Task What_is_not_there_is_said(string file, string folder, string sentence) =>
        (await FailsAsync(new ConfigureFiles([new(file, Values(("a", "b")), ConfigurationFormat.Json)], folder))).Reason.ShouldBe(sentence);

    [Fact]
    public async Task Over_ssh_it_does_the_same()
    {
        Assert.SkipWhen(SshTarget.Missing is not null, SshTarget.Missing ?? "");
        var outcome = await Bench.VisitAsync(Working, target.In(Bench.Local.Directory, Bench));

        outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}");
        (await File.ReadAllTextAsync(At("app.json"))).ShouldBe(Json.Replace("shop", "store").Replace("80", "8080"));
    }

    private static Dictionary<string, string> Values(params (string Path, string Value)[] values) => values.ToDictionary(value => value.Path, value => value.Value);

    private string At(string file) => Bench.OnTarget($"releases/1/{file}");
}
