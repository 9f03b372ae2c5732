using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>What the editor proposes within <c>${…}</c> has a value somewhere.</summary>
public sealed class NamesForSettings
{
    public static TheoryData<string> Names => [.. Placeholder.All.Select(placeholder => placeholder.Name[^1] is '.' or ':' ? $"{placeholder.Name}x" : placeholder.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Each_is_known_in_a_step(string name)
    {
        var text = name.StartsWith("version.manifest.", StringComparison.Ordinal)
            ? Written.With("    - name: Compare\n      uses: check-artefacts\n", $"    - name: Compare\n      uses: check-artefacts\n    - name: Read\n      uses: manual\n      with: {{ instruction: \"Read ${{{name}}}.\", expected: 5m }}\n")
            : Written.With("PORT: 8080", $"PORT: \"${{{name}}}\"");

        ModelDocument.Read(text).Remarks.Where(remark => remark.Rule == "template.unknown-name").Select(remark => remark.Sentence).ShouldBeEmpty();
    }
}
