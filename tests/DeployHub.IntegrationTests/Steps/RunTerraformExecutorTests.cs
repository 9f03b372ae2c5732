using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>The real terraform with configurations that need no provider.</summary>
public sealed class RunTerraformExecutorTests : ExecutorContract
{
    private const string Configuration = """
        variable "size" { type = number }
        variable "note" { default = "" }
        variable "key" {
          default   = ""
          sensitive = true
        }
        resource "terraform_data" "shop" { input = "${var.size} ${var.note}" }
        output "shop" { value = terraform_data.shop.output }
        output "key" {
          value     = var.key
          sensitive = true
        }
        """;

    private readonly string _forEver = $"terraform-{Guid.NewGuid():N}";
    private string _configuration = Configuration;

    protected override string? Missing => TestDaemon.Missing("terraform");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Terraform(("size", "2"));

    protected override (StepSettings, string[])? Failing => (Terraform(("size", "many")), ["web-1", "cannot plan", "Invalid value for input variable"]);

    protected override (StepSettings, string?)? Endless => (Terraform(("size", "1")) with { Folder = "endless" }, _forEver);

    protected override StepSettings Telling => Terraform(("size", "1"), ("note", "${secret:planted}"), ("key", "${secret:planted}"));

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", Archives.TarGz(
        ("main.tf", _configuration),
        ("endless/main.tf", $$"""
            variable "size" {}
            resource "terraform_data" "slow" {
              provisioner "local-exec" { command = "while :; do sleep 1; done # {{_forEver}}" }
            }
            """))));

    protected override async Task<string> StateAsync() =>
        string.Join('\n', (await File.ReadAllLinesAsync(Bench.OnTarget("state/shop.tfstate"))).Where(line => !line.Contains("\"serial\"", StringComparison.Ordinal)));

    [Fact]
    public async Task What_changes_and_what_comes_out_is_evidence()
    {
        var evidence = await SucceedsAsync(Terraform(("size", "2"), ("note", "it's \"hard\" $(touch pwned)\nsecond line"), ("key", "hunter2hunter2")));

        evidence["Plan"].ShouldBe("1 to add, 0 to change, 0 to destroy");
        evidence["Changes"].ShouldBe("create terraform_data.shop");
        evidence["Output shop"].ShouldBe("2 it's \"hard\" $(touch pwned)\nsecond line");
        evidence["Output key"].ShouldBe("(sensitive)");
        evidence["Plan file"].ShouldStartWith("sha256:");

        (await SucceedsAsync(Terraform(("size", "3"))))["Changes"].ShouldBe("update terraform_data.shop");
        (await SucceedsAsync(Terraform(("size", "3"))))["Plan"].ShouldBe("no changes");
    }

    [Fact]
    public async Task A_plan_changes_nothing()
    {
        (await SucceedsAsync(Terraform(("size", "2")) with { Action = TerraformAction.Plan }))["Plan"].ShouldBe("1 to add, 0 to change, 0 to destroy");
        File.Exists(Bench.OnTarget("state/shop.tfstate")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_plan_that_destroys_is_refused_unless_the_step_allows_it()
    {
        await SucceedsAsync(Working);
        _configuration = "variable \"size\" {}";

        var failed = await FailsAsync(Working);
        failed.Reason.ShouldContain("would destroy 1 resource(s), and the step does not allow that: delete terraform_data.shop");
        failed.Cause.ShouldBe(HaltCause.PolicyViolation);
        failed.Evidence.ShouldContain(new Evidence("Plan", "0 to add, 0 to change, 1 to destroy"));

        (await SucceedsAsync(Terraform(("size", "2")) with { AllowDestroy = true }))["Plan"].ShouldBe("0 to add, 0 to change, 1 to destroy");
    }

    [Fact]
    public async Task A_state_that_would_be_lost_is_refused() =>
        (await FailsAsync(Terraform(("size", "2")) with { State = null })).Reason.ShouldContain("names no backend, so its state would be lost");

    [Fact]
    public async Task A_backend_of_its_own_and_a_workspace_are_used()
    {
        _configuration = $"terraform {{\n  backend \"local\" {{}}\n}}\n{Configuration}";
        var settings = Terraform(("size", "2")) with { State = null, Backend = new Dictionary<string, string> { ["path"] = Bench.At("own.tfstate"), ["workspace_dir"] = Bench.At("workspaces") }, Workspace = "blue" };

        (await SucceedsAsync(settings))["Plan"].ShouldBe("1 to add, 0 to change, 0 to destroy");
        (await SucceedsAsync(settings))["Plan"].ShouldBe("no changes");
        Directory.Exists(Bench.At("workspaces/blue")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_interrupted_terraform_gives_back_its_lock()
    {
        (await VisitAsync(Terraform(("size", "1")) with { Folder = "endless" }, TimeSpan.FromSeconds(8))).ShouldBeOfType<StepOutcome.TimedOut>();
        Directory.GetFiles(Bench.OnTarget("state"), "*.lock.info").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_configuration_that_is_none_is_said()
    {
        _configuration = "resource {";
        (await FailsAsync(Working)).Reason.ShouldContain("cannot initialise its folder");
    }

    private static RunTerraform Terraform(params (string Name, string Value)[] variables) =>
        new(State: "state/shop.tfstate", Variables: variables.ToDictionary(variable => variable.Name, variable => variable.Value), Version: "2.5.1");
}
