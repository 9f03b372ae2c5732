using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>What a model becomes when a run starts: every name filled, and what speaks of a version done for each.</summary>
public sealed class ExpandingModels
{
    private static readonly MovedVersion Api = Given.New with { ComponentId = ComponentId.New(), Component = "api", VersionId = ComponentVersionId.New(), Label = "2.0.0" };

    [Fact]
    public void What_moves_or_checks_a_version_is_done_for_each_without_naming_it()
    {
        StepSettings[] kinds =
        [
            new Upload("package"), new DeployToKubernetes(File: "shop.yaml"), new CheckArtefacts(), new CheckManifest(), new CheckDependencies(), new CheckLinks(), new CheckConfiguration(), new CheckSbom("{path}.cdx.json"), new CheckVulnerabilities("{path}.cdx.json"), new CheckVersion("http://${target.name}/", Expect: "newest"), new CheckFile("package"),
            new Acknowledge("I know what is new.", ["Stakeholder"]),
        ];
        foreach (var settings in kinds) Names(new StepDefinition("Do", settings)).ShouldBe(["Do (web)", "Do (api)"], settings.GetType().Name);
    }

    [Fact]
    public void What_names_a_version_or_uses_what_was_said_for_each_is_done_for_each_and_everything_else_once() =>
        Names(
            new("Plan", new RunScript(["plan", "${component.key}", "${target.name}"], Outputs: ["address"])) { Key = "plan" },
            new("Apply", new RunScript(["apply", "${target.name}", "${step.plan.address}"])),
            new("Label", new RunScript(["label", "${version.label}", "${target.name}"])),
            new("Scale", new DeployToKubernetes(Manifests: "kind: Scale")),
            new("Tidy up", new RunScript(["tidy-up", "${target.name}"])))
            .ShouldBe(["Plan (web)", "Plan (api)", "Apply (web)", "Apply (api)", "Label (web)", "Label (api)", "Scale", "Tidy up"]);

    [Fact]
    public void A_step_is_filled_with_what_holds_on_its_target_and_keeps_its_name_where_one_version_moves()
    {
        var step = Expanded(Given.Model(execute: new StepDefinition("Switch", new RunScript(["switch", "${version.label}", "${target.name}"])))).Single(targetRun => targetRun.Subject == "web-2").Steps.ShouldHaveSingleItem();

        step.Name.ShouldBe("Switch");
        step.Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["switch", "1.1.0", "web-2"]);
    }

    [Fact]
    public void What_looks_at_a_version_may_use_its_content_manifest()
    {
        var model = Given.Model() with { VerifyComponents = [new StepDefinition("Scan", new ManualWork("Scan every box.", Values: [new ManualValue("serials", "${version.manifest.serials}")]))] };
        Given.Expansion(model, Given.Targets(1)).Expand().Error!.Message.ShouldContain("${version.manifest.serials}");

        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Api], Given.Targets(1)) { Manifests = new Dictionary<ComponentVersionId, IReadOnlyDictionary<string, string>> { [Api.VersionId!.Value] = new Dictionary<string, string> { ["serials"] = "S-1 S-2" } } };
        expansion.Expand().Error.ShouldBeNull();
        ((ManualWork)expansion.TargetRuns[0].Steps[0].Settings).Values!.Single().Expected.ShouldBe("S-1 S-2");

        var sly = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Api], Given.Targets(1)) { Manifests = new Dictionary<ComponentVersionId, IReadOnlyDictionary<string, string>> { [Api.VersionId!.Value] = new Dictionary<string, string> { ["serials"] = "${secret:prod}" } } };
        sly.Expand().Error!.Message.ShouldContain("${version.manifest.serials}");
    }

    [Fact]
    public void A_phase_tells_its_steps_how_much_of_the_traffic_goes_to_the_new_version_and_how_much_does_not()
    {
        var model = Given.Model(execute: new StepDefinition("Shift", new RunScript(["${phase.traffic}", "${phase.otherTraffic}"])));
        model = model with { Execute = model.Execute with { Phases = new PhaseList([new("Canary", "1", "10%"), new("Everyone")]) } };

        Expanded(model).Select(targetRun => string.Join(' ', ((RunScript)targetRun.Steps[0].Settings).Command)).ShouldBe(["10 90", "100 0"]);
    }

    [Fact]
    public void What_a_phase_says_of_its_soak_and_its_promotion_counts_more_than_what_the_stage_says()
    {
        var model = Given.Model();
        model = model with { Execute = model.Execute with { Soak = "1h", Phases = new PhaseList([new("Canary", "1", Soak: "5m", Promotion: Promotion.Manual), new("Everyone")]) } };
        var expansion = Given.Expansion(model, Given.Targets(2));
        expansion.Expand().Error.ShouldBeNull();

        expansion.Stages[(int)Stage.Execute].Phases.Select(phase => (phase.Soak, phase.Promotion))
            .ShouldBe([(TimeSpan.FromMinutes(5), Promotion.Manual), (TimeSpan.FromHours(1), Promotion.AutomaticOnPass)]);
    }

    [Fact]
    public void A_run_does_not_start_with_a_name_that_nothing_fills() =>
        Refusal(Given.Model(execute: new StepDefinition("Switch", new RunScript(["switch", "${target.rack}"])))).ShouldBe(("run.cannot-expand", "Nothing gives a value to ${target.rack} on web-1."));

    [Theory]
    [InlineData("half", "5m", "“half” is neither a count")]
    [InlineData("1", "soon", "“soon” is no duration")]
    public void A_run_does_not_start_with_a_share_or_a_duration_that_is_none(string budget, string soak, string sentence)
    {
        var model = Given.Model(failureBudget: "${parameter.budget}") with
        {
            Parameters = [new("budget", ParameterType.Text, budget, Mutability.Free, "How many may fail"), new("soak", ParameterType.Text, soak, Mutability.Free, "How long it is observed")],
        };
        var (code, message) = Refusal(model with { Execute = model.Execute with { Soak = "${parameter.soak}" } });

        code.ShouldBe("run.cannot-expand");
        message.ShouldStartWith(sentence);
    }

    public static TheoryData<string, StepDefinition?, int> WaysRoundThePolicy => new()
    {
        { "none", null, 1 },
        { "the policy's own", new StepDefinition("Own", new CheckPromotion()), 0 },
        { "the same by its name", new StepDefinition("Own", new CheckPromotion("staging")), 0 },
        { "another environment", new StepDefinition("Own", new CheckPromotion("test")), 1 },
        { "a condition", new StepDefinition("Own", new CheckPromotion()) { When = "false" }, 1 },
        { "going on", new StepDefinition("Own", new CheckPromotion()) { IfItFails = IfItFails.GoOn }, 1 },
    };

    [Theory, MemberData(nameof(WaysRoundThePolicy))]
    public void Where_the_policy_names_a_promotion_source_it_is_looked_at_whatever_the_model_says(string what, StepDefinition? own, int added)
    {
        var model = Given.Model();
        if (own is not null) model = model with { VerifyComponents = [.. model.VerifyComponents, own] };
        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), [Given.New], Given.Targets(1)) { PromotionSource = "staging" };

        expansion.Expand().Error.ShouldBeNull();
        var steps = expansion.TargetRuns[0].Steps;
        steps.Count.ShouldBe(model.VerifyComponents.Count + added, what);
        steps.ShouldContain(step => step.Settings == new CheckPromotion("staging") && step.When == null && step.IfItFails == IfItFails.Halt);
    }

    private static (string Code, string Message) Refusal(ModelContent model)
    {
        var refusal = Given.Expansion(model, Given.Targets(1)).Expand().Error.ShouldNotBeNull();
        return (refusal.Code, refusal.Message);
    }

    private static List<TargetRun> Expanded(ModelContent model)
    {
        var expansion = Given.Expansion(model, Given.Targets(2));
        expansion.Expand().Error.ShouldBeNull();
        return [.. expansion.TargetRuns.Where(targetRun => targetRun.Stage is Stage.Execute)];
    }

    /// <summary>Of the steps that are done where two versions move.</summary>
    private static List<string> Names(params StepDefinition[] steps)
    {
        var expansion = new Expansion("DEP-2026-000001", "production", Given.Model(execute: steps), new Dictionary<string, string>(), [Given.New, Api], Given.Targets(1))
        {
            People = [new(Given.Dora, "dora@test.example", [Role.Stakeholder])],
        };
        expansion.Expand().Error.ShouldBeNull();
        return [.. expansion.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps.Select(step => step.Name)];
    }
}
