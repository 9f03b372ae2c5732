using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Inventory;

public sealed class ScopingVariables
{
    private static readonly Actor Dora = new("dora", "Dora");
    private static readonly Dictionary<string, string> Berlin = new() { ["site"] = "berlin" }, Berlin7 = new() { ["rack"] = "7", ["site"] = "berlin" };
    private static readonly ScopedValue[] Levels =
    [
        new("everywhere"), new("production", "production"), new("berlin", Labels: Berlin), new("berlin in production", "production", Berlin),
        new("berlin 7", Labels: Berlin7), new("web-1", Target: "web-1"), new("web-1 in test", "test", Target: "web-1"),
    ];

    [Theory]
    [InlineData("test", null, "", "everywhere")]
    [InlineData("production", null, "", "production")]
    [InlineData("test", "web-2", "site=berlin", "berlin")]
    [InlineData("production", "web-2", "site=berlin", "berlin in production")]
    [InlineData("production", "web-2", "site=berlin,rack=7", "berlin 7")]
    [InlineData("production", "web-2", "site=bonn,rack=7", "production")]
    [InlineData("production", "web-1", "site=berlin,rack=7", "web-1")]
    [InlineData("test", "web-1", "", "web-1 in test")]
    public void The_most_specific_scope_wins_target_before_labels_before_environment(string environment, string? target, string labels, string value)
    {
        var place = new VariablePlace(environment, target, labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(label => label.Split('=')).ToDictionary(label => label[0], label => label[1]));
        Defined("level", Levels).At(place).Value!.Value.ShouldBe(value);
    }

    [Fact]
    public void Where_none_applies_there_is_no_value() => Defined("level", new ScopedValue("x", "test")).At(new VariablePlace("production")).Value.ShouldBeNull();

    [Fact]
    public void Two_that_are_equally_specific_for_one_place_are_refused_there_and_both_are_named()
    {
        var variable = Defined("level", new("a", Labels: Berlin), new("b", Labels: new Dictionary<string, string> { ["rack"] = "7" }));

        variable.At(new VariablePlace("test", "web-1", Berlin)).Value!.Value.ShouldBe("a");
        variable.At(new VariablePlace("test", "web-1", Berlin7)).Error!.Message.ShouldContain("for web-1: the one for site=berlin and the one for rack=7.");
    }

    [Fact]
    public void One_scope_has_one_value()
    {
        var error = Define("level", new("a", "test", Berlin7), new("b", "test", new Dictionary<string, string> { ["site"] = "berlin", ["rack"] = "7" })).Error!;
        error.Fields["Values[1].Value"].Single().ShouldBe("Another value has the same scope, rack=7 and site=berlin in test. Keep one.");
    }

    [Theory]
    [InlineData("db-password", "hunter2", "looks like a secret")]
    [InlineData("database", "Host=db://shop:hunter2@db", "looks like a password or key")]
    [InlineData("address", "${target.host}:80", "${target.host} stays out of it")]
    public void Secrets_are_named_never_written_out(string name, string value, string sentence) => Define(name, new ScopedValue(value)).Error!.Message.ShouldContain(sentence);

    [Fact]
    public void A_named_secret_passes() => Define("db-password", new ScopedValue("${secret:db}"), new ScopedValue("${secret:db-test}", "test")).Error.ShouldBeNull();

    [Fact]
    public void A_plan_resolves_what_its_model_reads_for_each_target()
    {
        var planned = Resolve(Defined("level", new("low"), new("high", Target: "web-2")), Defined("unread", new ScopedValue("x")));

        planned.Value.Select(variable => (variable.Name, variable.Value, variable.From, string.Join(' ', variable.Targets), variable.IsForAll))
            .ShouldBe([("level", "low", "everywhere", "web-1 web-3", true), ("level", "high", "target web-2", "web-2", false)], ignoreOrder: true);
    }

    [Fact]
    public void A_plan_is_refused_when_a_name_is_unknown_without_a_value_or_has_two()
    {
        Resolve().Error!.Message.ShouldBe("The model reads ${variable.level}, and service shop has no variable level. Define it among the service's variables, or choose another model.");
        Resolve(Defined("level", new("a", Target: "web-1"), new("b", "production"))).Error!.Code.ShouldBe("plan.variable-without-value");
        Resolve(Defined("level", new("a"), new("b", Labels: Berlin), new("c", Labels: new Dictionary<string, string> { ["rack"] = "7" }))).Error!.Code.ShouldBe("variable.ambiguous");
    }

    [Fact]
    public void An_approval_binds_to_the_values_and_leaving_targets_out_only_narrows()
    {
        var plan = Given.Plan with { Variables = [new("level", "low", "everywhere", ["web-1", "web-2"])] };
        plan.Digest.ShouldNotBe(Given.Plan.Digest);
        plan.Digest.ShouldNotBe((plan with { Variables = [new("level", "high", "everywhere", ["web-1", "web-2"])] }).Digest);

        var fewer = plan with { Targets = [plan.Targets[0]], Variables = [new("level", "low", "everywhere", ["web-1"])] };
        fewer.Narrows(plan).ShouldBeTrue();
        (fewer with { Variables = [new("level", "high", "everywhere", ["web-1"])] }).Narrows(plan).ShouldBeFalse();
    }

    [Fact]
    public void Which_target_comes_first_does_not_matter_to_an_approval()
    {
        var known = Defined("level", new("middle"), new("zenith", Labels: Berlin), new("apex", Target: "web-2"));
        VariablePlace[] places = [new("test", "web-1", Berlin), new("test", "web-2"), new("test", "web-3", Berlin)];
        var targets = places.Select(place => new PlannedTarget(TargetId.New(), place.Target!)).ToList();
        var plan = Given.Plan with { Targets = targets, Variables = PlannedVariable.Resolve(Model, "shop", [known], "test", places).Value };

        var fewer = plan with { Targets = [.. targets.Skip(1)], Variables = PlannedVariable.Resolve(Model, "shop", [known], "test", [.. places.Skip(1)]).Value };
        fewer.Narrows(plan).ShouldBeTrue();
        fewer.Narrows(plan with { Variables = [.. plan.Variables.AsEnumerable().Reverse()] }).ShouldBeTrue("plans from before may hold another order");
    }

    [Fact]
    public void A_run_reads_what_the_plan_resolved()
    {
        var targets = Given.Targets(2).Select(target => target with { Variables = new Dictionary<string, string> { ["level"] = $"level of {target.Name}" } }).ToList();
        var expansion = new Domain.Runs.Expansion("DEP-2026-000001", "production", Model, new Dictionary<string, string>(), [Given.New], targets) { Variables = new Dictionary<string, string> { ["level"] = "level of all" } };

        expansion.Expand().Error.ShouldBeNull();
        expansion.TargetRuns.SelectMany(run => run.Steps).Select(step => step.Settings).OfType<RunScript>().Select(script => script.Command[^1])
            .ShouldBe(["level of web-1", "level of web-2", "level of all"], ignoreOrder: true);
    }

    private static ModelContent Model
    {
        get
        {
            var model = Given.Model(batchSize: "3", execute: new StepDefinition("Set", new RunScript(["set", "${variable.level}"])));
            return model with { Execute = model.Execute with { Switch = [new StepDefinition("Switch", new RunScript(["switch", "${variable.level}"]))] } };
        }
    }

    private static Result<IReadOnlyList<PlannedVariable>> Resolve(params Variable[] known) => PlannedVariable.Resolve(
        Model, "shop", known, "test", [new("test", "web-1"), new("test", "web-2"), new("test", "web-3", Berlin7)]);

    private static Variable Defined(string name, params ScopedValue[] values) => Define(name, values) is { Error: null } defined ? defined.Value : throw new InvalidOperationException();

    private static Result<Variable> Define(string name, params ScopedValue[] values) => Variable.Define(ServiceId.New(), name, "", values, Dora, Given.Now);
}
