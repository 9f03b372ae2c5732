using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What check-sbom and check-vulnerabilities take, where they stand.</summary>
public sealed class MaterialsInAModel
{
    [Theory]
    [InlineData("check-sbom", "sbom: /etc/sbom.json", "sbom", "must be a path in the artefact's store")]
    [InlineData("check-sbom", "sbom: \"{path}%2e.json\"", "sbom", "must be a path in the artefact's store")]
    [InlineData("check-sbom", "sbom: a.json, allowedLicences: [\"MIT OR Apache-2.0\"]", "allowedLicences[0]", "names one licence")]
    [InlineData("check-sbom", "sbom: a.json, deniedLicences: [MIT, \" \"]", "deniedLicences[1]", "names one licence")]
    [InlineData("check-sbom", "sbom: a.json, deniedPackages: [lodash]", "deniedPackages[0]", "is no pattern of package URLs")]
    [InlineData("check-vulnerabilities", "sbom: ../a.json", "sbom", "must be a path in the artefact's store")]
    [InlineData("check-vulnerabilities", "sbom: a.json, failFrom: None", "failFrom", "must be Low, Medium, High or Critical")]
    [InlineData("check-vulnerabilities", "sbom: a.json, failFrom: Terrible", "failFrom", "must be one of")]
    [InlineData("check-vulnerabilities", "sbom: a.json, vex: \"a?b\"", "vex", "must be a path in the artefact's store")]
    [InlineData("check-vulnerabilities", "sbom: a.json, unlisted: [ours]", "unlisted[0]", "is no pattern")]
    [InlineData("check-vulnerabilities", "sbom: a.json, greatestAge: a week", "greatestAge", "is no duration")]
    [InlineData("check-vulnerabilities", "sbom: a.json, exceptions: [{ vulnerability: CVE-1, reason: because, until: \"2027-01-31\" }]", "exceptions[0].reason", "say in a sentence why")]
    [InlineData("check-vulnerabilities", "sbom: a.json, exceptions: [{ vulnerability: CVE-1, reason: Replaced with the next release., until: soon }]", "exceptions[0].until", "is the last day")]
    [InlineData("check-vulnerabilities", "sbom: a.json, exceptions: [{ vulnerability: CVE-1, reason: Replaced with the next release., until: \"2027-01-31\", package: lodash }]", "exceptions[0].package", "is no pattern")]
    public void What_cannot_be_is_refused_with_a_sentence(string kind, string with, string member, string sentence)
    {
        var remarks = ModelDocument.Read(Looking(kind, with)).Remarks;

        remarks.Where(remark => remark.Path == $"stages.verifyComponents[1].with.{member}").ShouldHaveSingleItem(string.Join('\n', remarks)).Sentence.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("check-sbom", "sbom: \"{path}.cdx.json\"")]
    [InlineData("check-sbom", "sbom: \"${component.key}.spdx.json\", allowedLicences: [MIT, GPL-2.0-only WITH Classpath-exception-2.0], deniedLicences: [AGPL-*], deniedPackages: [\"pkg:npm/event-stream@3.3.6\", \"pkg:maven/org.example/*\"], artefact: package")]
    [InlineData("check-vulnerabilities", "sbom: sboms/shop.json, failFrom: Critical, vex: \"{path}.vex.json\", exceptions: [{ vulnerability: CVE-1, reason: Replaced with the next release., until: \"2027-01-31\", package: \"pkg:npm/lodash@4.*\" }], greatestAge: 2d, unlisted: [\"pkg:npm/@acme/*\"]")]
    public void What_can_be_passes(string kind, string with)
    {
        var reading = ModelDocument.Read(Looking(kind, with));

        reading.Errors.ShouldBeEmpty();
        ModelDocument.Read(ModelDocument.Yaml(reading.Content!)).Content!.Digest.ShouldBe(reading.Content!.Digest);
    }

    [Theory]
    [InlineData("check-sbom")]
    [InlineData("check-vulnerabilities")]
    public void They_look_at_component_versions_and_nowhere_else(string kind) =>
        ModelDocument.Read(Written.With("        within: 10s", $"        within: 10s\n    - name: Look\n      uses: {kind}\n      with: {{ sbom: a.json }}")).Remarks
            .Where(remark => remark.Path == "stages.verifyDeployment[1].uses").ShouldHaveSingleItem().Sentence.ShouldContain($"{kind} looks at component versions");

    private static string Looking(string kind, string with) => Written.With("      uses: check-artefacts", $"      uses: check-artefacts\n    - name: Look\n      uses: {kind}\n      with: {{ {with} }}");
}
