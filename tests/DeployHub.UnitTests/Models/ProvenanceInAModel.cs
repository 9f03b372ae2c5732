using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What check-provenance and the identities of check-signature take.</summary>
public sealed class ProvenanceInAModel
{
    [Theory]
    [InlineData("check-provenance", "provenance: /a.json, builders: [b]", "provenance", "must be a path in the artefact's store")]
    [InlineData("check-provenance", "provenance: \"{path}\", builders: [b]", "provenance", "is the artefact itself")]
    [InlineData("check-provenance", "provenance: a.json, builders: []", "builders", "name at least one builder")]
    [InlineData("check-provenance", "provenance: a.json, builders: [\"*\"]", "builders[0]", "says nothing")]
    [InlineData("check-provenance", "provenance: a.json, builders: [b], sources: [\"**\"]", "sources[0]", "says nothing")]
    [InlineData("check-provenance", "provenance: a.json, builders: [b], identities: [{ subject: \"*\", issuer: i }]", "identities[0].subject", "says nothing")]
    [InlineData("check-signature", "signature: \"{path}.sigstore.json\", identities: [{ subject: s, issuer: \" \" }]", "identities[0].issuer", "says nothing")]
    [InlineData("check-provenance", "provenance: a.json, builders: [b], refs: [\"${version.manifest.commit}\"]", "refs[0]", "would allow anything")]
    [InlineData("check-provenance", "provenance: a.json, builders: [b], parameters: { ref: \"${variable.branch}\" }", "parameters.ref", "would allow anything")]
    [InlineData("check-signature", "signature: \"{path}.sigstore.json\", identities: [{ subject: \"${parameter.size}\", issuer: i }]", "identities[0].subject", "would allow anything")]
    public void What_cannot_be_is_refused_with_a_sentence(string kind, string with, string member, string sentence)
    {
        var remarks = ModelDocument.Read(Looking(kind, with)).Remarks;

        remarks.Where(remark => remark.Path == $"stages.verifyComponents[1].with.{member}").ShouldHaveSingleItem(string.Join('\n', remarks)).Sentence.ShouldContain(sentence);
    }

    [Fact]
    public void What_can_be_passes()
    {
        var reading = ModelDocument.Read(Looking("check-provenance", "provenance: \"{path}.intoto.jsonl\", builders: [https://b], sources: [\"https://github.com/acme/*\"], refs: [\"refs/tags/v${version.label}\"], buildTypes: [https://t], parameters: { workflow.path: release.yml }, identities: [{ subject: \"https://github.com/acme/*\", issuer: \"https://i\" }], artefact: package"));

        reading.Errors.ShouldBeEmpty();
        ModelDocument.Read(ModelDocument.Yaml(reading.Content!)).Content!.Digest.ShouldBe(reading.Content!.Digest);
    }

    [Fact]
    public void What_a_run_filled_in_is_judged_again()
    {
        new CheckProvenance("a.json", ["b"], Refs: ["*"]).WeakPatterns().ShouldHaveSingleItem().Member.ShouldBe("refs[0]");
        new CheckSignature("{path}.sigstore.json", Identities: [new SignerIdentity("s", "")]).WeakPatterns().ShouldHaveSingleItem().Member.ShouldBe("identities[0].issuer");
        new CheckProvenance("a.json", ["b"], Parameters: new Dictionary<string, string> { ["inputs"] = "*" }).WeakPatterns().ShouldBeEmpty();
    }

    private static string Looking(string kind, string with) => Written.With("      uses: check-artefacts", $"      uses: check-artefacts\n    - name: Look\n      uses: {kind}\n      with: {{ {with} }}");
}
