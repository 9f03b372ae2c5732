using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>Guard A-V of domain §2.1.3, one broken model for each rule.</summary>
public sealed class ValidatingAModel
{
    private const string Compare = "    - name: Compare\n      uses: check-artefacts";
    private const string Ask = "    - name: Ask\n      uses: check-http\n      with:\n        url: http://localhost:${target.port}/health\n        within: 10s";
    private const string TryIt = "    - { name: Try it, uses: accept, timeout: 1d, with: { statement: It works as it has to., criteria: [Prices are with tax], accepters: [ana@test.example] }";
    private const string Rollback = "rollback:\n  method: RedeployPrevious";

    [Theory]
    [InlineData("A-V1", "stages.verifyEnvironment", "    - name: Reach\n      uses: check-reachable", "    []")]
    [InlineData("A-V2", "stages.verifyComponents", "      uses: check-artefacts", "      uses: wait\n      with: { for: 1s }")]
    [InlineData("A-V2", "stages.verifyComponents", "kinds: [Software]", "kinds: [Software, Hardware]")]
    [InlineData("A-V2", "stages.verifyComponents", "  kinds: [Software]", "  tiers: [Production]")]
    [InlineData("A-V4", "stages.verifyDeployment", Ask, "    - name: Wait\n      uses: wait\n      with: { for: 1s }")]
    [InlineData("A-V4", "stages.verifyDeployment", Ask, TryIt + " }")]
    [InlineData("A-V6", "stages.verifyDeployment[1].ifItFails", Ask, Ask + "\n" + TryIt + ", ifItFails: GoOn }")]
    [InlineData("A-V5", "rollback.steps", Rollback, "rollback:\n  method: CompensatingSteps")]
    [InlineData("A-V5", "rollback.forwardFixPlan", Rollback, "rollback:\n  method: Irreversible")]
    [InlineData("A-V5", "rollback.method", Rollback, "rollback:\n  method: Irreversible\n  forwardFixPlan: Restore and repeat.")]
    [InlineData("A-V6", "stages.execute.steps[1].probe", "afterLoss: RunAgain", "afterLoss: Probe")]
    [InlineData("A-V6", "stages.execute.steps[1].probe", "afterLoss: RunAgain", "probe: { uses: script, with: { command: [x] } }")]
    [InlineData("A-V7", "stages.execute.steps[0].with.instruction", "uses: upload\n        with:\n          to: in/package.tar.gz", "uses: manual\n        with: { instruction: Do it }")]
    [InlineData("A-V7", "stages.execute.steps[0].with.expectedDuration", "uses: upload\n        with:\n          to: in/package.tar.gz", "uses: manual\n        with: { instruction: Swap the two units., expectedDuration: 2h }")]
    [InlineData("A-V7", "stages.execute.steps[0].with.accountable", "uses: upload\n        with:\n          to: in/package.tar.gz", "uses: manual\n        with: { instruction: Swap the two units., accountable: Auditor }")]
    [InlineData("A-V8", "stages.execute.steps[1].timeout", "timeout: 2m", "timeout: soon")]
    [InlineData("A-V8", "stages.execute.steps[1].timeout", "timeout: 2m", "timeout: 0s")]
    [InlineData("A-V8", "stages.execute.steps[1].retries", "afterLoss: RunAgain", "retries: 4\n        afterLoss: RunAgain")]
    [InlineData("A-V8", "stages.execute.steps[1].retries", "afterLoss: RunAgain", "retries: 1")]
    [InlineData("A-V8", "stages.verifyDeployment[0].with.within", "within: 10s", "within: 20m")]
    [InlineData("A-V10", "stages.execute.phases", "phases: { batches: \"${parameter.size}\" }", "phases: all-at-once")]
    [InlineData("A-V10", "stages.execute.phases", "approach: Rolling", "approach: BigBang")]
    [InlineData("A-V10", "stages.execute.phases", "approach: Rolling", "approach: Canary")]
    [InlineData("A-V10", "stages.execute.phases", "approach: Rolling", "approach: Ring")]
    [InlineData("A-V10", "stages.execute.distribution", "approach: Rolling", "approach: Pull")]
    [InlineData("A-V10", "stages.execute.phases[0].targets", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, targets: half }, { name: Second }]")]
    [InlineData("A-V10", "stages.execute.phases[1].targets", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, targets: 50% }, { name: Second, targets: 20% }, { name: Third }]")]
    [InlineData("A-V10", "stages.execute.phases", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, targets: 10% }, { name: Second, targets: 50% }]")]
    [InlineData("A-V10", "stages.execute.phases", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, targets: 10% }, { name: First }]")]
    [InlineData("A-V10", "stages.execute.phases[0].soak", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, targets: 10%, soak: long }, { name: Second }]")]
    [InlineData("A-V10", "stages.execute.phases[0].traffic", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, traffic: 10 }, { name: Second, targets: none, traffic: 100% }]")]
    [InlineData("A-V10", "stages.execute.phases[1].traffic", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, traffic: 50% }, { name: Second, targets: none, traffic: 20% }]")]
    [InlineData("A-V10", "stages.execute.phases", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, traffic: 50% }]")]
    [InlineData("A-V10", "stages.execute.switch", "phases: { batches: \"${parameter.size}\" }", "phases: [{ name: First, traffic: 100% }]")]
    [InlineData("A-V10", "stages.execute.soak", "failureBudget: 0", "failureBudget: 0\n    soak: long")]
    [InlineData("A-V10", "stages.execute.maxFailedTargets", "failureBudget: 0", "failureBudget: 0\n    maxFailedTargets: some")]
    [InlineData("A-V10", "stages.execute.phases.batches", "batches: \"${parameter.size}\"", "batches: \"${parameter.other}\"")]
    [InlineData("A-V10", "stages.execute.phases.batches", "batches: \"${parameter.size}\"", "batches: 0")]
    [InlineData("A-V10", "stages.execute.failureBudget", "failureBudget: 0", "failureBudget: some")]
    [InlineData("A-V10", "stages.execute.failureBudget", "failureBudget: 0", "failureBudget: 100%")]
    [InlineData("A-V5", "rollback.switch", "failureBudget: 0", "failureBudget: 0\n    switch: [{ name: Shift, uses: script, with: { command: [shift] } }]")]
    [InlineData("model.step-misplaced", "stages.execute.watch[0].uses", "failureBudget: 0", "failureBudget: 0\n    watch: [{ name: Look, uses: script, with: { command: [look] } }]")]
    [InlineData("model.step-misplaced", "stages.execute.switch[0].uses", "failureBudget: 0", "failureBudget: 0\n    switch: [{ name: Shift, uses: upload, with: { to: here } }]")]
    [InlineData("template.unknown-name", "stages.execute.switch[0].with", "failureBudget: 0", "failureBudget: 0\n    switch: [{ name: Shift, uses: script, with: { command: [shift, \"${target.name}\"] } }]")]
    [InlineData("A-V11", "parameters.size.default", "default: 2", "default: 7")]
    [InlineData("A-V11", "parameters.size.default", "default: 2", "default: two")]
    [InlineData("A-V11", "parameters.size.minimum", "minimum: 1", "minimum: 1s")]
    [InlineData("A-V11", "parameters.size.minimum", "minimum: 1", "minimum: 9")]
    [InlineData("A-V11", "parameters.size.mutability", "mutability: Bounded", "mutability: Free")]
    [InlineData("A-V11", "parameters.size.description", "description: Targets a batch.", "description: \" \"")]
    [InlineData("A-V12", "stages.execute.steps[1].with", "PORT: 8080", "DB_PASSWORD: hunter2")]
    [InlineData("A-V12", "stages.execute.steps[1].with", "PORT: 8080", "API_TOKEN: \"${parameter.size}\"")]
    [InlineData("A-V12", "stages.verifyDeployment[0].with", "http://localhost:${target.port}/health", "http://ada:lovelace@localhost/health")]
    [InlineData("model.name", "model", "model: small", "model: Small Model")]
    [InlineData("model.step-name", "stages.execute.steps", "name: Install", "name: Upload")]
    [InlineData("model.step-misplaced", "stages.verifyComponents[1].uses", Compare, Compare + "\n    - name: Early\n      uses: check-reachable")]
    [InlineData("model.step-misplaced", "stages.verifyComponents[1].uses", Compare, Compare + "\n    - name: Early\n      uses: check-file\n      with: { file: package }")]
    [InlineData("model.step-misplaced", "stages.verifyEnvironment[0].uses", "uses: check-reachable", "uses: check-artefacts")]
    [InlineData("model.step-misplaced", "stages.verifyEnvironment[0].uses", "uses: check-reachable", "uses: check-changes")]
    [InlineData("model.setting", "stages.verifyEnvironment[0].with.tolerate", "uses: check-reachable", "uses: check-changes\n      with: { tolerate: [openssl] }")]
    [InlineData("model.setting", "stages.verifyEnvironment[0].with.facts[0].name", "uses: check-reachable", "uses: check-changes\n      with: { facts: [{ kind: Port, name: http }] }")]
    [InlineData("model.setting", "stages.execute.steps[0].with.to", "to: in/package.tar.gz", "to: ../../etc/passwd")]
    [InlineData("model.setting", "stages.execute.steps[0].with.to", "to: in/package.tar.gz", "to: /etc/passwd")]
    [InlineData("model.setting", "stages.verifyDeployment[0].with.url", "http://localhost:${target.port}/health", "localhost/health")]
    [InlineData("model.setting", "stages.execute.steps[1].with.command", "command: [sh, install.sh]", "command: []")]
    [InlineData("template.unknown-name", "stages.execute.steps[1].with", "PORT: 8080", "HERE: \"${HOME}\"")]
    [InlineData("template.unknown-name", "stages.execute.steps[1].with", "PORT: 8080", "SIZE: \"${parameter.sise}\"")]
    public void Each_rule_refuses_and_says_where(string rule, string path, string was, string now)
    {
        var reading = ModelDocument.Read(Written.With(was, now));

        reading.Content.ShouldBeNull();
        reading.Remarks.ShouldContain(remark => remark.Rule == rule && remark.Path == path && remark.Severity == Severity.Error, string.Join('\n', reading.Remarks));
    }

    [Fact]
    public void A_file_that_is_compared_with_its_artefact_is_a_look_at_the_target() =>
        ModelDocument.Read(Written.With(Ask, "    - name: Compare it there\n      uses: check-file\n      with: { file: in/package.tar.gz }")).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("A-V11", "parameters.size", "batches: \"${parameter.size}\"", "batches: 2")]
    [InlineData("A-V6", "stages.execute.steps[1].probe", "afterLoss: RunAgain", "afterLoss: RunAgain\n        probe: { uses: check-script, with: { command: [x] } }")]
    public void A_warning_does_not_stop_anybody(string rule, string path, string was, string now)
    {
        var reading = ModelDocument.Read(Written.With(was, now));

        reading.Content.ShouldNotBeNull();
        var remark = reading.Remarks.ShouldHaveSingleItem();
        (remark.Rule, remark.Path, remark.Severity).ShouldBe((rule, path, Severity.Warning));
    }

    [Fact]
    public void A_script_as_the_only_proof_is_told_what_it_cannot_show()
    {
        const string look = "    - name: Look\n      uses: check-script\n      with: { command: [x] }";
        var reading = ModelDocument.Read(Written.With(Ask, look));

        reading.Content.ShouldNotBeNull();
        var remark = reading.Remarks.ShouldHaveSingleItem();
        (remark.Rule, remark.Path, remark.Severity).ShouldBe(("model.version-not-read-back", "stages.verifyDeployment", Severity.Hint));
        remark.Sentence.ShouldContain("on a target without one, check-file");
        ModelDocument.Read(Written.With(Ask, look + "\n    - name: Compare it there\n      uses: check-file\n      with: { file: in/package.tar.gz }")).Remarks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PORT: 8080", "DB_PASSWORD: \"${secret:db}\"")]
    [InlineData("PORT: 8080", "TOKEN: \"Bearer ${secret:ci}\"")]
    [InlineData("PORT: 8080", "WHERE: \"${target.directory}/${environment.key}/${component.key}/${version.label}/${deployment.number}\"")]
    [InlineData("within: 10s", "within: \"${target.patience}\"")]
    [InlineData("failureBudget: 0", "failureBudget: 10%")]
    [InlineData("failureBudget: 0", "failureBudget: ${parameter.size}")]
    [InlineData("batches: \"${parameter.size}\"", "batches: \"25%\"")]
    [InlineData("timeout: 2m\n        afterLoss: RunAgain", "timeout: 2m")]
    [InlineData("afterLoss: RunAgain", "probe: { uses: check-script, with: { command: [x] } }")]
    [InlineData(Rollback, "rollback:\n  method: CompensatingSteps\n  steps:\n    - name: Undo\n      uses: script\n      with: { command: [sh, undo.sh] }")]
    public void What_the_rules_allow_passes(string was, string now) =>
        ModelDocument.Read(Written.With(was, now)).Errors.ShouldBeEmpty();
}
