using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Documentation;

/// <summary>What <c>docs/guide/phases.md</c> shows is a model that may be published.</summary>
public sealed partial class PhasesGuide
{
    private const string Steps = """
            steps:
              - { name: Install, uses: script, with: { command: [sh, install.sh] } }
          verifyDeployment:
            - { name: Ask, uses: check-http, with: { url: "http://${target.name}/health" } }
        """;

    private const string Head = """
        model: small
        name: Small
        purpose: For tests.
        appliesTo: { kinds: [Software] }
        stages:
          verifyComponents: [{ name: Compare, uses: check-artefacts }]
          verifyEnvironment: [{ name: Reach, uses: check-reachable }]
        """;

    [Fact]
    public void Every_approach_that_it_shows_may_be_published()
    {
        var blocks = Blocks().Matches(File.ReadAllText(Path.Combine(Written.Root, "docs", "guide", "phases.md")).ReplaceLineEndings("\n")).Select(block => block.Groups[1].Value).ToList();

        blocks.Count.ShouldBeGreaterThan(4);
        foreach (var block in blocks) ModelValidation.Check(Written.Content(ModelOf(block)), NCalcConditions.Instance).Where(remark => remark.Severity is Severity.Error).Select(remark => remark.Sentence).ShouldBeEmpty(block);
    }

    private static string ModelOf(string block)
    {
        var parts = block.Split("\nrollback:\n");
        var (approach, execute) = (parts[0][..parts[0].IndexOf('\n')], parts[0][(parts[0].IndexOf('\n') + 1)..]);
        var stages = string.Join('\n', execute.TrimEnd().Split('\n').Select(line => "  " + line));
        return $"{approach}\n{Head}\n{stages}\n{Steps}\nrollback:\n{(parts.Length > 1 ? parts[1] : "  method: RedeployPrevious\n")}";
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
