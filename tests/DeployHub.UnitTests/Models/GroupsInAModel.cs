using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>Steps that run together, as a model says them, and what is refused because it could never work.</summary>
public sealed class GroupsInAModel
{
    private const string Steps = """
              - name: Plan
                key: plan
                together: prepare
                uses: script
                with: { command: [sh, plan.sh], outputs: [changes] }
              - name: Warm up
                key: warm
                together: prepare
                uses: script
                with: { command: [sh, warm.sh] }
              - name: Apply
                uses: script
                with: { command: [sh, apply.sh, "${step.plan.changes}"] }
              - name: Tell
                uses: script
                with: { command: [sh, tell.sh] }
        """;

    [Fact]
    public void Neighbours_with_the_same_name_are_a_group_and_survive_being_written_again()
    {
        var reading = ModelDocument.Read(Model(Steps));
        reading.Remarks.ShouldBeEmpty(string.Join('\n', reading.Remarks));
        reading.Content!.Execute.Steps.Select(step => step.Together).ShouldBe(["prepare", "prepare", null, null]);

        ModelDocument.Read(ModelDocument.Yaml(reading.Content)).Content!.Digest.ShouldBe(reading.Content.Digest);
    }

    [Theory]
    [InlineData("execute.steps[0].together", "key: plan\n        together: prepare", "key: plan\n        together: the first", "is no name of a group")]
    [InlineData("execute.steps[1].together", "key: plan\n        together: prepare", "key: plan", "nothing that it could run together with")]
    [InlineData("execute.steps[3].together", "name: Tell", "name: Tell\n        together: prepare", "another step stands between this one and the others of prepare")]
    [InlineData("execute.steps[1].runs", "key: warm", "key: warm\n        runs: Always", "run in the same case, and “Plan” has runs: OnSuccess")]
    [InlineData("execute.steps[1].together", "uses: script\n        with: { command: [sh, warm.sh] }", "uses: manual\n        with: { instruction: Do it. }", "manual waits for somebody outside")]
    [InlineData("execute.steps[1].together", "uses: script\n        with: { command: [sh, warm.sh] }", "uses: webhook\n        with: { url: \"https://ci/hook\", secret: \"${secret:hook}\", callback: true }", "webhook waits for somebody outside")]
    [InlineData("execute.steps[1].with", "warm.sh]", "warm.sh, \"${step.plan.changes}\"]", "“Plan” runs together with this step")]
    [InlineData("execute.steps[1].when", "key: warm", "key: warm\n        when: ${step.plan.changes} > 0", "“Plan” runs together with this step")]
    public void What_could_never_work_is_refused_with_its_place(string path, string was, string now, string sentence)
    {
        var remarks = ModelDocument.Read(Model(Steps.Replace(was, now, StringComparison.Ordinal))).Remarks;
        remarks.ShouldContain(remark => remark.Path == $"stages.{path}" && remark.Severity == Severity.Error && remark.Sentence.Contains(sentence, StringComparison.Ordinal), string.Join('\n', remarks));
    }

    [Fact]
    public void A_webhook_that_waits_for_no_report_may_run_beside_another_step() =>
        ModelDocument.Read(Model(Steps.Replace("uses: script\n        with: { command: [sh, warm.sh] }", "uses: webhook\n        with: { url: \"https://ci/hook\", secret: \"${secret:hook}\" }", StringComparison.Ordinal))).Errors.ShouldBeEmpty();

    private static string Model(string steps)
    {
        var from = Written.Model.IndexOf("      - name: Upload", StringComparison.Ordinal);
        var to = Written.Model.IndexOf("  verifyDeployment:", StringComparison.Ordinal);
        return $"{Written.Model[..from]}{steps}\n{Written.Model[to..]}";
    }
}
