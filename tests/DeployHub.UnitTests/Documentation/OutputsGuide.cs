using DeployHub.Features.Models.Notation;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Documentation;

/// <summary>What <c>docs/guide/outputs-and-conditions.md</c> shows is a model that may be published.</summary>
public sealed class OutputsGuide
{
    [Fact]
    public void Its_example_may_be_published()
    {
        var guide = File.ReadAllText(Path.Combine(Written.Root, "docs", "guide", "outputs-and-conditions.md"));
        var example = guide.Split("```yaml\n")[1].Split("```")[0].Split("  execute:\n    steps:\n");
        var (parameter, steps) = (example[0].Split('\n')[1], example[1]);

        var (from, to) = (Written.Model.IndexOf("      - name: Upload", StringComparison.Ordinal), Written.Model.IndexOf("  verifyDeployment:", StringComparison.Ordinal));
        var model = $"{Written.Model[..from]}{steps}{Written.Model[to..]}".Replace("parameters:\n", $"parameters:\n{parameter}\n", StringComparison.Ordinal);
        ModelDocument.Read(model).Remarks.ShouldBeEmpty(model);
    }
}
