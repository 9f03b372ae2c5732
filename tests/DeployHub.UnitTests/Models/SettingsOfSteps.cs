using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What each kind of step refuses in its settings, with the place.</summary>
public sealed class SettingsOfSteps
{
    [Theory]
    [InlineData("file-release", "to: ../app", "to", "must be a folder below the target's directory")]
    [InlineData("file-release", "label: a/b", "label", "names a folder")]
    [InlineData("file-release", "label: .hidden", "label", "names a folder")]
    [InlineData("file-release", "keep: 0", "keep", "must be from 1 to 100")]
    [InlineData("file-release", "strip: -1", "strip", "must be from 0 to 20")]
    [InlineData("file-release", "maximumMiB: 0", "maximumMiB", "must be from 1")]
    [InlineData("file-release", "shared: [/etc/passwd]", "shared", "each path lies inside the release")]
    [InlineData("file-release", "shared: [data/, data/x]", "shared", "must not lie inside another")]
    public void What_cannot_be_is_refused_with_a_sentence(string kind, string with, string member, string sentence)
    {
        var reading = ModelDocument.Read(Step(kind, with));

        reading.Content.ShouldBeNull();
        var remark = reading.Remarks.Where(remark => remark.Path == $"stages.execute.steps[1].with.{member}").ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("file-release", "")]
    [InlineData("file-release", "to: apps/shop, artefact: package, label: \"${component.key}-${version.label}\", shared: [config.yml, data/], keep: 3, strip: 1, maximumMiB: 512")]
    public void What_can_be_passes(string kind, string with)
    {
        var reading = ModelDocument.Read(Step(kind, with));

        reading.Errors.ShouldBeEmpty();
        ModelDocument.Read(ModelDocument.Yaml(reading.Content!)).Content!.Digest.ShouldBe(reading.Content!.Digest);
    }

    [Theory]
    [InlineData("verifyEnvironment:\n", "file-release", "a verifying stage changes nothing")]
    [InlineData("verifyComponents:\n", "file-release", "file-release needs a target")]
    public void What_is_in_the_wrong_stage_is_refused(string stage, string kind, string sentence) =>
        ModelDocument.Read(Written.With(stage, $"{stage}    - name: Early\n      uses: {kind}\n")).Remarks.ShouldContain(remark => remark.Sentence.Contains(sentence, StringComparison.Ordinal));

    private static string Step(string kind, string with) => Written.With(
        "uses: script\n        with:\n          command: [sh, install.sh]\n          environment: { PORT: 8080 }\n", $"uses: {kind}\n        with: {{ {with} }}\n");
}
