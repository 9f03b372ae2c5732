using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What check-manifest, check-links and check-dependencies take, and values of which several are read off.</summary>
public sealed class KindsInAModel
{
    [Theory]
    [InlineData("check-manifest", "expect: [{ entry: \" \", is: Reached }]", "expect[0].entry", "name an entry")]
    [InlineData("check-manifest", "expect: [{ entry: term, is: Good }]", "expect[0].is", "must be one of")]
    [InlineData("check-manifest", "expect: [{ entry: term, is: Reached, value: soon }]", "expect[0].value", "compared with the day")]
    [InlineData("check-manifest", "expect: [{ entry: term, is: NotExpired, value: a month }]", "expect[0].value", "is no duration")]
    [InlineData("check-manifest", "expect: [{ entry: rows, is: Equal }]", "expect[0].value", "say what the entry is compared with")]
    [InlineData("check-manifest", "expect: [{ entry: rows, is: Equal, value: \"1\", valueOf: other }]", "expect[0].valueOf", "instead of a value")]
    [InlineData("check-manifest", "expect: [{ entry: seats, is: AtLeast, value: many }]", "expect[0].value", "must be a number")]
    [InlineData("check-manifest", "expect: [{ entry: tag, is: Matches, value: \"(\" }]", "expect[0].value", "is no regular expression")]
    [InlineData("check-manifest", "expect: [{ entry: firmware, is: Within, value: newest please }]", "expect[0].value", "Write versions as")]
    [InlineData("check-manifest", "expect: [{ entry: serials, is: Equal, value: S-1, mayMiss: \"1\" }]", "expect[0].mayMiss", "only of a list")]
    [InlineData("check-manifest", "expect: [{ entry: serials, is: Items, value: S-1, mayMiss: one }]", "expect[0].mayMiss", "must be a count")]
    [InlineData("check-manifest", "required: [\" \"]", "required", "none of them is empty")]
    [InlineData("check-links", "except: [\" \"]", "except", "none of them is empty")]
    [InlineData("check-configuration", "schema: ../shop.json", "schema", "must be a path in the artefact's store")]
    [InlineData("check-configuration", "references: [\"\"]", "references", "none of them is empty")]
    [InlineData("check-configuration", "harmless: [\"\"]", "harmless", "none of them is empty")]
    [InlineData("check-dependencies", "deployment: \"\"", "deployment", "leave it out")]
    [InlineData("manual", "instruction: Scan every box., values: [{ name: serials, several: true, mayMiss: \"1\" }]", "values", "only of several expected ones")]
    [InlineData("manual", "instruction: Scan every box., values: [{ name: serials, expected: S-1, several: true, mayMiss: some }]", "values", "must be a count")]
    [InlineData("manual", "instruction: Scan every box., values: [{ name: serials, expected: \"S-1, X-2\", several: true, pattern: \"S-[0-9]\" }]", "values", "does not match its own pattern")]
    public void What_cannot_be_is_refused_with_a_sentence(string kind, string with, string member, string sentence)
    {
        var remarks = ModelDocument.Read(Looking(kind, with)).Remarks;

        remarks.Where(remark => remark.Path == $"stages.verifyComponents[1].with.{member}").ShouldHaveSingleItem(string.Join('\n', remarks)).Sentence.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("check-manifest", "kinds: [Process, Other], required: [owner], expect: [{ entry: term, is: NotExpired, value: 30d }, { entry: serials, is: Items, valueOf: ordered, mayMiss: 5% }, { entry: seats, is: AtLeast, value: \"60\" }]")]
    [InlineData("check-links", "except: [\"https://intranet.example/*\"], artefact: handbook")]
    [InlineData("check-dependencies", "")]
    [InlineData("check-configuration", "schema: \"{path}.schema.json\", references: [\"vault:*\"], harmless: [\"auth:*\"]")]
    [InlineData("manual", "instruction: Scan every box., values: [{ name: serials, expected: \"${version.manifest.serials}\", several: true, mayMiss: \"1\", pattern: \"S-[0-9]\" }]")]
    public void What_can_be_passes(string kind, string with)
    {
        var reading = ModelDocument.Read(Looking(kind, with));

        reading.Errors.ShouldBeEmpty();
        ModelDocument.Read(ModelDocument.Yaml(reading.Content!)).Content!.Digest.ShouldBe(reading.Content!.Digest);
    }

    [Fact]
    public void Once_something_is_touched_a_content_manifest_says_nothing() =>
        ModelDocument.Read(Written.With("        within: 10s", "        within: 10s\n    - name: Look\n      uses: manual\n      timeout: 1d\n      with: { instruction: \"Look for ${version.manifest.serial} there.\" }")).Remarks
            .Where(remark => remark.Sentence.Contains("${version.manifest.serial} has no value here", StringComparison.Ordinal)).ShouldHaveSingleItem();

    [Fact]
    public void What_a_content_manifest_says_runs_no_script() =>
        ModelDocument.Read(Looking("check-script", "command: [sh, -c, \"echo ${version.manifest.serial}\"]")).Remarks
            .Where(remark => remark.Sentence.Contains("${version.manifest.serial} has no value here", StringComparison.Ordinal)).ShouldHaveSingleItem();

    private static string Looking(string kind, string with) => Written.With("      uses: check-artefacts", $"      uses: check-artefacts\n    - name: Look\n      uses: {kind}\n      timeout: 1d{(with.Length == 0 ? "" : $"\n      with: {{ {with} }}")}");
}
