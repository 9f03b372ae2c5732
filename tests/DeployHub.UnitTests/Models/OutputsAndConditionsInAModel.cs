using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What is refused when the model is published, because it could never work in a run.</summary>
public sealed class OutputsAndConditionsInAModel
{
    private const string Steps = """
              - name: Plan
                key: plan
                uses: script
                with: { command: [sh, plan.sh], outputs: [changes, address] }
              - name: Read off
                key: device
                uses: manual
                with: { instruction: "Look at ${step.plan.address}.", values: [{ name: serial }, { name: two words }] }
              - name: Order
                key: order
                uses: http
                with: { url: "http://shop/${step.device.serial}", outputs: { id: /order/id } }
              - name: Apply
                uses: script
                when: ${step.plan.changes} > 0 && ${parameter.size} < 5
                with: { command: [sh, apply.sh, "${step.order.id}"] }
        """;

    [Fact]
    public void What_earlier_steps_say_may_be_used_and_judged()
    {
        var reading = ModelDocument.Read(Model(Steps));
        reading.Remarks.ShouldBeEmpty(string.Join('\n', reading.Remarks));
        reading.Content!.Execute.Steps[3].When.ShouldBe("${step.plan.changes} > 0 && ${parameter.size} < 5");

        var again = ModelDocument.Read(ModelDocument.Yaml(reading.Content));
        again.Content!.Digest.ShouldBe(reading.Content.Digest);
    }

    [Theory]
    [InlineData("template.unknown-name", "execute.steps[3].with", "${step.order.id}", "${step.order.it}", "“Order” says no output it; it says id.")]
    [InlineData("template.unknown-name", "execute.steps[3].with", "${step.order.id}", "${step.oder.id}", "there is no step with the key oder.")]
    [InlineData("template.unknown-name", "execute.steps[3].with", "${step.order.id}", "${step.order}", "is not written ${step.key.output}")]
    [InlineData("template.unknown-name", "execute.steps[1].with", "${step.plan.address}", "${step.order.id}", "does not come before this one")]
    [InlineData("template.unknown-name", "execute.steps[3].when", "${step.plan.changes} > 0", "${step.plan.change} > 0", "says no output change")]
    [InlineData("template.unknown-name", "execute.steps[3].when", "${parameter.size} < 5", "${parameter.sise} < 5", "there is no parameter sise")]
    [InlineData("model.condition", "execute.steps[3].when", "${parameter.size} < 5", "${parameter.size} <", "this is no condition")]
    [InlineData("model.condition", "execute.steps[3].when", "${parameter.size} < 5", "${secret:db} == 'x'", "is a secret")]
    [InlineData("model.output", "execute.steps[0].key", "key: plan", "key: \"the plan\"", "is no key")]
    [InlineData("model.output", "execute.steps[1].key", "key: device", "key: plan", "another step before it has the key plan")]
    [InlineData("model.output", "execute.steps[0].with.outputs", "[changes, address]", "[changes, address, \"a b\"]", "is no name of an output")]
    [InlineData("model.output", "execute.steps[0].with.outputs", "[changes, address]", "[changes, address, changes]", "stands there twice")]
    [InlineData("model.setting", "execute.steps[2].with.outputs", "/order/id", "order.id", "as a JSON Pointer")]
    [InlineData("template.unknown-name", "execute.steps[3].with", "name: Order", "runs: OnFailure\n        name: Order", "runs only after a failure, and then this step does not")]
    public void What_can_never_be_there_is_refused_with_its_place(string rule, string path, string was, string now, string sentence)
    {
        var remarks = ModelDocument.Read(Model(Steps.Replace(was, now, StringComparison.Ordinal))).Remarks;
        remarks.ShouldContain(remark => remark.Rule == rule && remark.Path == $"stages.{path}" && remark.Severity == Severity.Error && remark.Sentence.Contains(sentence, StringComparison.Ordinal), string.Join('\n', remarks));
    }

    [Fact]
    public void Readers_are_asked_about_what_is_known_when_the_run_starts() =>
        ModelDocument.Read(Model(Steps.Replace("uses: script\n        when", "uses: acknowledge\n        when", StringComparison.Ordinal).Replace("{ command: [sh, apply.sh, \"${step.order.id}\"] }", "{ statement: \"Read ${step.order.id}.\", readers: [dora@demo.deployhub] }", StringComparison.Ordinal))).Errors
            .ShouldContain(remark => remark.Path == "stages.execute.steps[3].with" && remark.Sentence.Contains("no output can stand here", StringComparison.Ordinal));

    [Theory]
    [InlineData("- name: Compare\n      uses: check-artefacts", "A-V2")]
    [InlineData("- name: Ask\n      uses: check-http", "A-V4")]
    public void What_every_deployment_needs_has_no_condition(string step, string rule) =>
        ModelDocument.Read(Written.With(step, $"{step}\n      when: ${{parameter.size}} > 1")).Errors.ShouldContain(remark => remark.Rule == rule);

    [Fact]
    public void Outputs_stay_within_one_list_of_steps() =>
        ModelDocument.Read(Model(Steps).Replace("http://localhost:${target.port}/health", "http://localhost/${step.plan.address}", StringComparison.Ordinal)).Errors
            .ShouldContain(remark => remark.Path == "stages.verifyDeployment[0].with" && remark.Sentence.Contains("outputs stay within one", StringComparison.Ordinal));

    [Fact]
    public void A_condition_has_a_length_that_people_read() =>
        ModelDocument.Read(Model(Steps.Replace("${parameter.size} < 5", string.Join(" || ", Enumerable.Repeat("${parameter.size} < 5", 30)), StringComparison.Ordinal))).Errors
            .ShouldContain(remark => remark.Rule == "model.condition" && remark.Sentence.Contains("at most 500 characters", StringComparison.Ordinal));

    private static string Model(string steps)
    {
        var from = Written.Model.IndexOf("      - name: Upload", StringComparison.Ordinal);
        var to = Written.Model.IndexOf("  verifyDeployment:", StringComparison.Ordinal);
        return $"{Written.Model[..from]}{steps}\n{Written.Model[to..]}";
    }
}
