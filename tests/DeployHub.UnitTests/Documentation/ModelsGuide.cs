using DeployHub.Features.Models.Notation;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Documentation;

/// <summary>What <c>docs/guide/models.md</c> shows is a model that may be published.</summary>
public sealed class ModelsGuide
{
    [Fact]
    public void The_document_of_the_guide_has_no_error()
    {
        var guide = File.ReadAllText(Path.Combine(Written.Root, "docs", "guide", "models.md")).ReplaceLineEndings("\n");
        var begin = guide.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var reading = ModelDocument.Read(guide[begin..guide.IndexOf("```\n", begin, StringComparison.Ordinal)]);

        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        reading.Content!.Parameters.ShouldHaveSingleItem();
    }
}
