using DeployHub.Domain.Models.Comparing;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>How a model says that a component is taken away, and what it has to say with it (domain §2.4.2).</summary>
public sealed class RemovalInAModel
{
    private const string Steps = "    - { name: Stop and remove, uses: remove-container, with: { name: \"${component.key}\" }, timeout: 2m }";
    private const string Proof = "    - { name: It is gone, uses: check-absent, with: { containers: [\"${component.key}\"], facts: [{ kind: File, name: current }] } }";

    [Fact]
    public void It_is_read_and_written_and_is_part_of_the_digest()
    {
        var content = Written.Content(With());

        content.Removal!.Steps.Single().Settings.ShouldBe(new RemoveContainer("${component.key}"));
        ((CheckAbsent)content.Removal.Proof.Single().Settings).Containers.ShouldBe(["${component.key}"]);
        Written.Content(ModelDocument.Yaml(content)).Digest.ShouldBe(content.Digest);
        content.Digest.ShouldNotBe(Written.Content().Digest);
    }

    [Fact]
    public void A_model_without_it_keeps_the_digest_that_it_always_had() => Written.Content().Digest.ToString().ShouldBe("sha256:42dee920678faa95e1df8b7eb16cbd5766f4bca292d9ef9de67c142a63adb2c3");

    [Fact]
    public void It_is_said_in_words_and_its_changes_are_told()
    {
        var (was, now) = (Written.Content(), Written.Content(With()));

        ModelInWords.Summary(now).ShouldContain("Where a plan removes a component, it takes one step on each target, and every target has to prove in one step that it is gone.");
        ModelInWords.Summary(was).ShouldNotContain(sentence => sentence.Contains("removes"));
        StepInWords.Of(now.Removal!.Steps[0].Settings).ShouldBe("Stops the container ${component.key} within 10s and removes it.");
        StepInWords.Of(now.Removal.Proof[0].Settings).ShouldBe("Reads from the target that the file current and the container ${component.key} are gone.");
        ModelComparison.Of(was, now).Select(change => change.Sentence).ShouldContain(sentence => sentence.Contains("Stop and remove") && sentence.Contains("in the removal"));
    }

    [Theory]
    [InlineData("removal.steps", "    []", Proof, "Say what takes the component away")]
    [InlineData("removal.proof", Steps, "    []", "Prove that the component is gone")]
    [InlineData("removal.proof", Steps, "    - { name: Ask, uses: check-http, with: { url: \"http://web/\" } }", "Prove that the component is gone")]
    [InlineData("removal.proof", Steps, "    - { name: It is gone, uses: check-absent, with: { containers: [web] }, ifItFails: GoOn }", "Prove that the component is gone")]
    [InlineData("removal.steps[0].uses", "    - { name: Bring it, uses: upload, with: { to: package } }", Proof, "needs a version, and a removal brings none")]
    [InlineData("removal.steps[0].with", "    - { name: Remove, uses: script, with: { command: [rm, \"${version.label}\"] } }", Proof, "a removal brings no version")]
    [InlineData("removal.steps[0].uses", "    - { name: Look, uses: check-absent, with: { containers: [web] } }", Proof, "move it to removal.proof")]
    [InlineData("removal.proof[1].uses", Steps, Proof + "\n    - { name: Once more, uses: remove-container, with: { name: web } }", "a verifying stage changes nothing")]
    [InlineData("removal.proof[0].with.facts", Steps, "    - { name: It is gone, uses: check-absent, with: {} }", "say what has to be gone")]
    [InlineData("removal.proof[0].with.facts[0].expect", Steps, "    - { name: It is gone, uses: check-absent, with: { facts: [{ kind: Port, name: 80, expect: closed }] } }", "leave this out")]
    [InlineData("removal.proof[0].with.containers", Steps, "    - { name: It is gone, uses: check-absent, with: { containers: [\"a b\"] } }", "is no name of a container")]
    [InlineData("removal.steps[0].with.stopWithin", "    - { name: Remove, uses: remove-container, with: { name: web, stopWithin: 10m }, timeout: 1m }", Proof, "does not fit into the step's timeout")]
    public void What_cannot_be_is_refused_with_its_place(string path, string steps, string proof, string sentence)
    {
        var reading = ModelDocument.Read(With(steps, proof));

        reading.Content.ShouldBeNull();
        reading.Errors.ShouldContain(remark => remark.Path == path && remark.Sentence.Contains(sentence), string.Join('\n', reading.Remarks));
    }

    [Fact]
    public void What_every_run_does_by_itself_no_model_says()
    {
        var reading = ModelDocument.Read(Written.With("      uses: check-artefacts", "      uses: check-artefacts\n    - { name: May go, uses: check-removal }"));

        reading.Errors.ShouldHaveSingleItem().Sentence.ShouldContain("is done by itself wherever a plan removes a component");
        StepCatalogue.Kinds.ShouldNotContain(kind => kind.Name == "check-removal");
    }

    private static string With(string steps = Steps, string proof = Proof) => Written.With("  method: RedeployPrevious", $"  method: RedeployPrevious\nremoval:\n  steps:\n{steps}\n  proof:\n{proof}");
}
