using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>The real terraform compares and changes nothing.</summary>
public sealed class CheckTerraformVerifierTests : ExecutorContract
{
    private const string Configuration = """
        variable "size" { type = number }
        variable "note" { default = "" }
        resource "terraform_data" "shop" { input = "${var.size} ${var.note}" }
        """;

    private string _configuration = Configuration;

    protected override string? Missing => TestDaemon.Missing("terraform") ?? TestDaemon.Missing("git");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check(("size", "2"));

    protected override (StepSettings, string[])? Failing => (Check(("size", "2")) with { Folder = "nowhere" }, ["nowhere", "shop 2.5.1"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings Telling => Check(("size", "2"), ("note", "${secret:planted}"));

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", Archives.TarGz(("main.tf", _configuration))));

    protected override Task<string> StateAsync() => File.ReadAllTextAsync(Bench.OnTarget("state/shop.tfstate"));

    [Fact]
    public async Task What_differs_is_a_fact_of_the_definition_that_names_its_revision()
    {
        var state = await StateAsync();
        var look = await ObservedAsync(Check(("size", "3")));

        var seen = look.Facts.ShouldHaveSingleItem();
        seen.Fact.Subject.ShouldMatch(@"^resource terraform_data\.shop of shop \([0-9a-f]{12}\)$", "other variables are another comparison");
        (seen.Value, seen.Fact.Severity).ShouldBe(("""different: input is "2 " and defined "3 " """.Trim(), DriftSeverity.Blocking));
        seen.Fact.Expect!.ShouldStartWith("as defined by shop 2.5.1 (sha256:");
        look.Evidence.ShouldContain(new Evidence("Plan", "0 to add, 1 to change, 0 to destroy, 0 as defined"));
        (await ObservedAsync(Check(("size", "3")) with { Prerequisite = false })).Facts[0].Fact.Severity.ShouldBe(DriftSeverity.Informational);
        _configuration = "variable \"size\" {}";
        (await ObservedAsync(Check(("size", "2")))).Facts.ShouldHaveSingleItem().Value.ShouldBe("there and not defined");
        (await StateAsync()).ShouldBe(state);
    }

    [Fact]
    public async Task What_cannot_be_planned_tells_nothing_and_makes_nothing()
    {
        (await VisitAsync(Check(("size", "many")))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("Invalid value for input variable");
        (await VisitAsync(Check(("size", "2")) with { Workspace = "blue" })).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("cannot use the workspace blue");
        Directory.Exists(Bench.OnTarget("state/shop.tfstate.d/blue")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_commit_of_a_repository_is_a_definition()
    {
        var (repository, commit) = await CommittedAsync();
        var source = new DefinitionSource(Git: repository, Commit: commit);

        var look = await ObservedAsync(Check(("size", "2")) with { From = source, Folder = "live" });
        look.Facts.ShouldBeEmpty();
        look.Definition!.Name.ShouldStartWith($"{repository}/live (");
        look.Definition.Revision.ShouldBe($"commit {commit} of {repository}");

        var missing = await FailsAsync(Check(("size", "2")) with { From = source with { Commit = new string('0', 40) } });
        missing.Reason.ShouldContain(new string('0', 40));
        missing.Cause.ShouldBe(HaltCause.ComponentMissing);
        (await FailsAsync(Check(("size", "2")) with { From = source with { Commit = "main" } })).Reason.ShouldBe("“main” is no whole hash of a commit.");
        (await FailsAsync(Check(("size", "2")) with { From = source with { Git = "ext::sh -c touch% pwned" } })).Reason.ShouldContain("is no repository that can be fetched");
    }

    protected override async Task PrepareAsync() =>
        (await VisitAsync(Check(("size", "2")).Plan with { Action = TerraformAction.Apply })).ShouldBeOfType<StepOutcome.Succeeded>(string.Join('\n', Bench.Log));

    private async Task<StepOutcome.Observed> ObservedAsync(StepSettings settings)
    {
        var outcome = await VisitAsync(settings);
        return outcome.ShouldBeOfType<StepOutcome.Observed>($"{outcome}\n{string.Join('\n', Bench.Log)}");
    }

    /// <summary>The definition, and a later commit that says something else.</summary>
    private async Task<(string Repository, string Commit)> CommittedAsync()
    {
        var folder = Directory.CreateDirectory(Bench.At("repository/live")).Parent!.FullName;
        await GitAsync(folder, "init", "-q", ".");
        await File.WriteAllTextAsync(Path.Combine(folder, "live", "main.tf"), Configuration);
        var commit = await CommitAsync(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "live", "main.tf"), "");
        await CommitAsync(folder);
        return ($"file://{folder}", commit);
    }

    private static async Task<string> CommitAsync(string folder)
    {
        await GitAsync(folder, "add", ".");
        await GitAsync(folder, "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "Say it");
        return (await GitAsync(folder, "rev-parse", "HEAD")).ShouldHaveSingleItem();
    }

    private static async Task<List<string>> GitAsync(string folder, params string[] arguments)
    {
        var lines = new List<string>();
        (await LocalProcess.RunAsync(["git", .. arguments], new Dictionary<string, string> { ["GIT_CONFIG_GLOBAL"] = "/dev/null" }, folder, "test", (_, line) => lines.Add(line), CancellationToken.None)).ShouldBe(0, string.Join('\n', lines));
        return lines;
    }

    private static CheckTerraform Check(params (string Name, string Value)[] variables) =>
        new(new DefinitionSource("shop", "2.5.1"), State: "state/shop.tfstate", Variables: variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
