using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckFileVerifierTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    private static readonly string Expected = Digest.OfText("the bytes").ToString();

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckFile("in/package");

    protected override (StepSettings, string[])? Failing => (new CheckFile("in/other"), ["in/other", "web-1", "shop", "2.5.1", Digest.OfText("other bytes").ToString(), Expected]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", "the bytes"u8.ToArray()));

    protected override async Task PrepareAsync()
    {
        Directory.CreateDirectory(Bench.OnTarget("in"));
        await File.WriteAllTextAsync(Bench.OnTarget("in/package"), "the bytes");
        await File.WriteAllTextAsync(Bench.OnTarget("in/other"), "other bytes");
    }

    [Fact]
    public async Task The_digest_that_was_read_is_the_evidence_and_stands_in_the_log_beside_the_artefacts()
    {
        (await SucceedsAsync(Working)).ShouldBe(new Dictionary<string, string> { ["in/package"] = Expected });
        Bench.Log.ShouldContain($"in/package on web-1: {Expected}; the artefact package of shop 2.5.1: {Expected}.");
    }

    [Fact]
    public async Task Another_content_and_no_file_are_another_version_than_intended()
    {
        (await FailsAsync(Failing!.Value.Item1)).ShouldSatisfyAllConditions(failed => failed.Cause.ShouldBe(HaltCause.VersionMismatchAfter), failed => failed.Evidence.ShouldHaveSingleItem().Value.ShouldBe(Digest.OfText("other bytes").ToString()));
        (await FailsAsync(new CheckFile("in/nowhere"))).ShouldSatisfyAllConditions(failed => failed.Cause.ShouldBe(HaltCause.VersionMismatchAfter), failed => failed.Reason.ShouldStartWith("There is no in/nowhere on web-1"));
    }

    [Fact]
    public async Task A_link_is_followed_and_an_absolute_path_is_one()
    {
        File.CreateSymbolicLink(Bench.OnTarget("current"), "in/package");

        await SucceedsAsync(new CheckFile("current"));
        await SucceedsAsync(new CheckFile(Bench.OnTarget("in/package")));
    }

    [Fact]
    public async Task Of_several_artefacts_one_is_named()
    {
        var version = Bench.Version("2.5.1", ("package", "the bytes"u8.ToArray()), ("notes", "other bytes"u8.ToArray()));

        (await Bench.VisitAsync(new CheckFile("in/other", "notes"), Bench.Local, version)).ShouldBeOfType<StepOutcome.Succeeded>();
        (await Bench.VisitAsync(new CheckFile("in/other"), Bench.Local, version)).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldContain("package, notes");
    }

    [Fact]
    public async Task What_cannot_be_read_is_no_verdict() => (await VisitAsync(new CheckFile("in"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("in is a folder, and no file");

    [Theory]
    [InlineData("../package")]
    [InlineData("~/package")]
    [InlineData("in/")]
    public async Task A_path_that_is_none_is_refused(string file) => (await FailsAsync(new CheckFile(file))).Reason.ShouldStartWith($"“{file}” cannot be looked at: ");

    [Fact]
    public async Task A_host_reads_its_own_file()
    {
        Assert.SkipWhen(SshTarget.Missing is not null, SshTarget.Missing ?? "");

        (await Bench.VisitAsync(Working, target.In(Bench.Local.Directory, Bench), Version)).ShouldBeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public async Task Where_only_people_come_it_is_no_pass() => PeopleOnly.Is(await Bench.VisitAsync(Working, new ManualConnection(), Version)).ShouldBeTrue();
}
