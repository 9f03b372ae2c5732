using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Data;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Models;

/// <summary>What one version of a model says otherwise than another, in the sentences that people read.</summary>
public sealed class ComparingModels
{
    private static readonly string[] Shipped = ["rolling-web-service", "ring-web-service", "rolling-ssh-service", "manual-checklist", "rack-server-swap", "process-rollout"];

    [Theory]
    [InlineData("batches: \"${parameter.size}\"", "batches: 10%", "batch size ${parameter.size} → 10 %", "phases.batches")]
    [InlineData("failureBudget: 0", "failureBudget: 10%", "failure budget 0 → 10 %", "failureBudget")]
    [InlineData("failureBudget: 0", "failureBudget: 0\n    soak: 10m", "soak 0 s → 10 min", "soak")]
    [InlineData("failureBudget: 0", "failureBudget: 0\n    promotion: Manual", "promotion AutomaticOnPass → Manual", "promotion")]
    [InlineData("failureBudget: 0", "failureBudget: 0\n    maxFailedTargets: 3", "max failed targets is now 3 (was not set)", "maxFailedTargets")]
    [InlineData("timeout: 2m", "timeout: 5m", "“Install” now has 5 min (was 2 min)", "timeout")]
    [InlineData("afterLoss: RunAgain", "afterLoss: AskPerson", "“Install”: after loss RunAgain → AskPerson", "afterLoss")]
    [InlineData("timeout: 2m", "timeout: 2m\n        when: ${parameter.size} > 1", "“Install” now runs only when ${parameter.size} > 1 (was always)", "when")]
    [InlineData("PORT: 8080", "PORT: 9090", "“Install”: environment PORT 8080 → 9090", "with.environment.PORT")]
    [InlineData("command: [sh, install.sh]", "command: [sh, deploy.sh]", "“Install”: command sh, install.sh → sh, deploy.sh", "with.command")]
    [InlineData("within: 10s", "within: 1m", "“Ask”: within 10 s → 1 min", "with.within")]
    [InlineData("method: RedeployPrevious", "method: SwitchBack\n  steps: [{ name: Back, uses: script, with: { command: [sh, back.sh] } }]", "rollback: RedeployPrevious → SwitchBack", "method")]
    [InlineData("default: 2", "default: 4", "parameter size: default 2 → 4", "default")]
    [InlineData("maximum: 6", "maximum: 9", "parameter size: maximum 6 → 9", "maximum")]
    [InlineData("description: Targets a batch.", "description: How many targets a batch has.", "parameter size: description “Targets a batch.” → “How many targets a batch has.”", "description")]
    [InlineData("name: Small", "name: Smaller", "name Small → Smaller", "name")]
    public void A_changed_value_is_told_with_what_it_was(string was, string now, string sentence, string member)
    {
        var changes = Changes(was, now);
        changes.ShouldContain(change => change.Sentence == sentence, string.Join('\n', changes.Select(change => change.Sentence)));
        changes.Single(change => change.Sentence == sentence).ShouldSatisfyAllConditions(change => change.Place.Member.ShouldBe(member), change => change.Kind.ShouldBe(ChangeKind.Changed));
    }

    [Fact]
    public void A_new_check_is_told_with_its_place_and_what_it_does()
    {
        var change = Changes("      uses: check-reachable\n", "      uses: check-reachable\n    - name: certificate valid\n      uses: check-tls\n      with: { address: \"shop:443\" }\n").ShouldHaveSingleItem();

        change.Sentence.ShouldBe("new check “certificate valid” before Execute, after “Reach”");
        change.Detail.ShouldNotBeNull().ShouldStartWith("Looks whether the certificate of shop:443");
        (change.Kind, change.Place).ShouldBe((ChangeKind.Added, new ChangePlace(ModelPart.VerifyEnvironment, "certificate valid", null, "stages.verifyEnvironment[1]")));
        ModelComparison.Of(Written.Content(Written.With("      uses: check-reachable\n", "      uses: check-reachable\n    - name: certificate valid\n      uses: check-tls\n      with: { address: \"shop:443\" }\n")), Written.Content())
            .ShouldHaveSingleItem().Sentence.ShouldBe("no more check “certificate valid” before Execute");
    }

    [Fact]
    public void A_step_that_is_alike_but_for_its_name_was_renamed() =>
        Changes("name: Install", "name: Roll out").ShouldHaveSingleItem().Sentence.ShouldBe("“Install” is now called “Roll out”");

    [Fact]
    public void A_step_with_another_place_was_moved_and_those_around_it_were_not()
    {
        var (a, b, c) = (Step("A"), Step("B"), Step("C"));
        Between(Given.Model(execute: [a, b, c]), Given.Model(execute: [c, a, b])).ShouldBe(["“C” now comes first in Execute"]);
        Between(Given.Model(execute: [a, b, c]), Given.Model(execute: [b, a, c])).Count.ShouldBe(1);

        var model = Given.Model(execute: [a, b]);
        Between(model, model with { Execute = model.Execute with { Steps = [a] }, VerifyDeployment = [b, .. model.VerifyDeployment] }).ShouldBe(["“B” moved after Execute, as the first; it was in Execute"]);
    }

    [Fact]
    public void A_step_of_another_kind_is_told_by_what_it_does_now()
    {
        var change = ModelComparison.Of(Given.Model(execute: Step("A")), Given.Model(execute: new StepDefinition("A", new Wait("5m")))).ShouldHaveSingleItem();
        (change.Sentence, change.Detail, change.Place.Member).ShouldBe(("“A”: uses script → wait", "Lets 5m pass.", "uses"));
    }

    [Fact]
    public void Applying_to_more_is_widened_and_to_less_is_narrowed()
    {
        List<string> Applying(Applicability was, Applicability now) => Between(Given.Model() with { AppliesTo = was }, Given.Model() with { AppliesTo = now });

        Applying(new() { Kinds = [ComponentKind.Software] }, new() { Kinds = [ComponentKind.Software, ComponentKind.Hardware] }).ShouldBe(["widened: applies also to components of kind hardware"]);
        Applying(new() { Kinds = [ComponentKind.Software] }, new()).ShouldBe(["widened: applies to components of any kind (was only software)"]);
        Applying(new(), new() { Tiers = [Tier.Test] }).ShouldBe(["narrowed: applies only to environments of tier test (was environments of any tier)"]);
        Applying(new() { Services = ["a", "b"] }, new() { Services = ["a", "c"] }).ShouldBe(["widened: applies also to the service c", "narrowed: no longer applies to the service b"]);
        Applying(new() { Services = ["a", "b"] }, new() { Services = ["b", "a"] }).ShouldBe(["services are listed otherwise; it applies where it did"]);
    }

    [Fact]
    public void Phases_are_told_apart_by_their_names()
    {
        List<string> Phasing(PhaseDefinition[] was, PhaseDefinition[] now) => Between(WithPhases(was), WithPhases(now));

        Phasing([new("Canary", "5%"), new("Everyone")], [new("Canary", "10%", Soak: "1h"), new("Half", "50%"), new("Everyone")])
            .ShouldBe(["phase “Canary”: targets 5 % → 10 %", "phase “Canary”: soak is now 1 h (was not set)", "new phase “Half” after “Canary”"]);
        Phasing([new("One", "1"), new("Two", "2"), new("Rest")], [new("Two", "2"), new("One", "1"), new("All the others")]).ShouldBe(["phase “One” now comes after “Two”", "phase “Rest” is now called “All the others”"]);
    }

    [Fact]
    public void Items_of_a_setting_are_told_apart_by_the_first_text_in_them()
    {
        StepDefinition Watching(params CanaryMetric[] metrics) => new("Watch", new CheckCanary("http://prometheus", metrics));

        Between(Given.Model(execute: Watching(new("Errors", "a", "b"), new("Latency", "c", "d"))), Given.Model(execute: Watching(new("Errors", "a", "b") { MustPass = true }, new("Load", "e", "f"))))
            .ShouldBe(["“Watch”: metrics: “Latency” is gone", "“Watch”: metrics “Errors” mustPass no → yes", "“Watch”: metrics: new “Load”"]);
    }

    [Fact]
    public void Another_way_through_the_targets_is_told_in_the_words_of_the_model() =>
        Between(Given.Model(), Given.Model() with { Execute = Given.Model().Execute with { Phases = new AllAtOnce() } }).ShouldBe(["takes all targets at once (was: takes two targets at a time)"]);

    [Fact]
    public void A_parameter_that_came_or_went_or_may_be_changed_otherwise_is_told()
    {
        var size = new Parameter("size", ParameterType.Integer, "2", Mutability.Bounded, "Targets a batch.", "1", "6");
        List<string> Having(Parameter[] was, Parameter[] now) => Between(Given.Model() with { Parameters = was }, Given.Model() with { Parameters = now });

        Having([], [size]).ShouldBe(["new parameter size"]);
        Having([size], []).ShouldBe(["parameter size is gone: no plan can give it a value any more"]);
        Having([size], [size with { Name = "batch" }]).ShouldBe(["parameter size is now called batch"]);
        Having([size], [size with { Mutability = Mutability.Free, Minimum = null, Maximum = null }])
            .ShouldBe(["parameter size: mutability Bounded → Free", "parameter size: minimum is not set any more (was 1)", "parameter size: maximum is not set any more (was 6)"]);
        Having([size], [size with { Type = ParameterType.Text, Choices = ["2", "4"] }]).ShouldBe(["parameter size: type Integer → Text", "parameter size: choices none → 2, 4"]);
    }

    [Fact]
    public void A_long_text_is_not_put_into_a_sentence()
    {
        var change = ModelComparison.Of(Given.Model() with { Purpose = new string('a', 100) }, Given.Model() with { Purpose = new string('b', 100) }).ShouldHaveSingleItem();
        (change.Sentence, change.Was, change.Now).ShouldBe(("purpose was rewritten", new string('a', 100), new string('b', 100)));
    }

    [Fact]
    public void Every_member_of_every_kind_of_step_is_compared_by_its_documented_name()
    {
        foreach (var (kind, type) in StepKinds.All)
            foreach (var member in type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters())
            {
                var changes = ModelComparison.Of(Given.Model(execute: new StepDefinition("Do", Example(type, null))), Given.Model(execute: new StepDefinition("Do", Example(type, member))));
                changes.ShouldNotBeEmpty($"{kind}: {member.Name}");
                changes.ShouldAllBe(change => change.Place.Member!.StartsWith($"with.{JsonNamingPolicy.CamelCase.ConvertName(member.Name!)}", StringComparison.Ordinal), $"{kind}: {member.Name}");
                changes.ShouldAllBe(change => change.Sentence.StartsWith("“Do”: ", StringComparison.Ordinal));
            }
    }

    [Fact]
    public void Nothing_differs_from_itself_and_whatever_changes_the_digest_is_told_with_its_place()
    {
        var random = new Random(20261129);
        List<ModelContent> models = [Written.Content(), .. Shipped.Select(slug => Written.Content(Written.Shipped(slug)))];
        foreach (var model in models) ModelComparison.Of(model, JsonSerializer.Deserialize<ModelContent>(JsonSerializer.Serialize(model, Json.Options), Json.Options)!).ShouldBeEmpty();
        foreach (var was in models) foreach (var now in models) Told(was, now);

        var differing = 0;
        for (var round = 0; round < 300; round++)
        {
            var was = models[random.Next(models.Count)];
            if (Mutated(was, random) is not { } now) continue;
            Told(was, now);
            Told(now, was);
            if (was.Digest != now.Digest) differing++;
        }

        differing.ShouldBeGreaterThan(100, "The mutations have to be of models.");
    }

    private static void Told(ModelContent was, ModelContent now)
    {
        var changes = ModelComparison.Of(was, now);
        (changes.Count > 0).ShouldBe(was.Digest != now.Digest, $"{CanonicalJson.Of(was)}\n{CanonicalJson.Of(now)}");
        changes.ShouldAllBe(change => change.Sentence.Length > 0 && change.Sentence != "only how it is written down differs; it does the same");
        changes.ShouldAllBe(change => change.Place.Path.Length > 0);
        changes.Select(change => change.Place.Part).ShouldBe(changes.Select(change => change.Place.Part).Order(), "in the order of the document");
    }

    /// <summary>One place of its document changed at random; null when that is no model any more.</summary>
    private static ModelContent? Mutated(ModelContent model, Random random)
    {
        var document = JsonSerializer.SerializeToNode(model, Json.Options)!;
        var nodes = All(document).Where(node => node is JsonValue or JsonArray { Count: > 0 }).Where(node => !node.GetPath().EndsWith(".kind", StringComparison.Ordinal) && !node.GetPath().EndsWith(".whenLost", StringComparison.Ordinal)).ToList();
        switch (nodes[random.Next(nodes.Count)])
        {
            case JsonArray { Count: > 1 } list when random.Next(2) == 0:
                var first = list[0];
                list.RemoveAt(0);
                list.Add(first);
                break;
            case JsonArray list:
                list.RemoveAt(random.Next(list.Count));
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                value.ReplaceWith(value.GetValue<string>() + "1");
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.Number:
                value.ReplaceWith(value.GetValue<int>() + 1);
                break;
            case JsonValue value:
                value.ReplaceWith(!value.GetValue<bool>());
                break;
        }

        try
        {
            return document.Deserialize<ModelContent>(Json.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        JsonObject members => [members, .. members.SelectMany(member => All(member.Value))],
        JsonArray items => [items, .. items.SelectMany(All)],
        null => [],
        _ => [node],
    };

    private static StepSettings Example(Type type, ParameterInfo? changed) => (StepSettings)Record(type, member => member.Name == changed?.Name ? 1 : 0);

    private static object Record(Type type, Func<ParameterInfo, int> variantOf)
    {
        var constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(member => Value(member.ParameterType, variantOf(member)))]);
    }

    private static object Value(Type type, int variant)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return $"text {variant}";
        if (plain == typeof(bool)) return variant == 1;
        if (plain.IsEnum) return Enum.GetValues(plain).GetValue(variant)!;
        if (plain.IsPrimitive) return Convert.ChangeType(variant + 7, plain, System.Globalization.CultureInfo.InvariantCulture);
        if (!plain.IsGenericType) return Record(plain, _ => variant);
        if (plain.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)) return new Dictionary<string, string> { ["name"] = $"text {variant}" };

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(plain.GetGenericArguments()[0]))!;
        list.Add(Value(plain.GetGenericArguments()[0], variant));
        return list;
    }

    private static StepDefinition Step(string name) => new(name, new RunScript(["do", name]));

    private static ModelContent WithPhases(params PhaseDefinition[] phases)
    {
        var model = Given.Model();
        return model with { Execute = model.Execute with { Phases = new PhaseList(phases) } };
    }

    private static IReadOnlyList<ModelChange> Changes(string was, string now) => ModelComparison.Of(Written.Content(), Written.Content(Written.With(was, now)));

    private static List<string> Between(ModelContent was, ModelContent now) => [.. ModelComparison.Of(was, now).Select(change => change.Sentence)];
}
