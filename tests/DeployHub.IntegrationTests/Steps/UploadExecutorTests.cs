using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class UploadExecutorTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new Upload("in/package");

    protected override (StepSettings, string[])? Failing => (new Upload("in/package", "other"), ["shop", "2.5.1", "other"]);

    /// <summary>What it does ends by itself.</summary>
    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings Telling => new Upload("in/${secret:planted}");

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", "the bytes"u8.ToArray()));

    protected override async Task<string> StateAsync() => string.Join(' ', Directory.GetFiles(Bench.OnTarget("in")).Select(File.ReadAllText));

    [Fact]
    public async Task The_bytes_arrive_at_a_host_too()
    {
        Assert.SkipWhen(SshTarget.Missing is not null, SshTarget.Missing ?? "");
        var outcome = await Bench.VisitAsync(new Upload("a folder/it's"), target.In(Bench.Local.Directory, Bench), Version);

        outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}");
        (await File.ReadAllTextAsync(Bench.OnTarget("a folder/it's"))).ShouldBe("the bytes");
        Directory.GetFiles(Bench.OnTarget("a folder")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/tmp/outside")]
    [InlineData("in/../../outside")]
    public async Task A_path_that_leaves_the_directory_is_refused(string to) => (await FailsAsync(new Upload(to))).Reason.ShouldContain("would leave the target's directory");

    [Fact]
    public async Task A_path_of_two_lines_is_refused() => (await FailsAsync(new Upload("in/a\nb"))).Reason.ShouldContain("“in/a b” holds a character that no path may have");

    [Fact]
    public async Task An_empty_artefact_arrives_empty()
    {
        await Bench.VisitAsync(new Upload("empty"), Bench.Local, Bench.Version("1", ("empty", Encoding.UTF8.GetBytes(""))));
        new FileInfo(Bench.OnTarget("empty")).Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_target_for_people_is_refused() =>
        (await Bench.VisitAsync(Working, new ManualConnection(), Version)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldContain("only be reached by people");
}
