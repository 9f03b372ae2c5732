using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Models.Notation;
using DeployHub.UnitTests.Models;

namespace DeployHub.UnitTests.Documentation;

/// <summary>What <c>docs/guide/models.md</c> shows is a model that may be published.</summary>
public sealed class ModelsGuide
{
    [Fact]
    public void The_document_of_the_guide_has_no_error()
    {
        var reading = ModelDocument.Read(Example("model: shop-web "));

        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        reading.Content!.Parameters.ShouldHaveSingleItem();
    }

    [Fact]
    public void Nor_has_what_it_says_about_taking_a_component_away()
    {
        var reading = ModelDocument.Read(Example("model: shop-web ") + Example("removal:"));

        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty();
        reading.Content!.Removal!.Proof.ShouldHaveSingleItem();
    }

    [Fact]
    public void Nor_have_its_block_and_the_places_that_use_it()
    {
        var block = BlockDocument.Read(Example("block: "));
        block.Remarks.Select(remark => remark.Full).ShouldBeEmpty();

        var library = Library.Empty with { Blocks = new Dictionary<string, IReadOnlyList<KnownBlock>> { ["wait-until-healthy"] = [new(1, BlockVersionStatus.Published, block.Content)] } };
        var patience = "  patience: { type: Duration, default: 2m, mutability: Bounded, minimum: 1m, maximum: 5m, description: How long. }\nstages:\n";
        var model = Example("model: shop-web ").Replace("stages:\n", patience, StringComparison.Ordinal).Replace("name: Ask it, uses: check-version", "name: Read it back, uses: check-version", StringComparison.Ordinal).Replace("  verifyDeployment:              # once for each target: at least one step looks at the target itself\n", Example("  verifyDeployment:"), StringComparison.Ordinal);
        var reading = ModelDocument.Read(model, library);
        reading.Remarks.Select(remark => remark.Full).ShouldBeEmpty(model);
        reading.Content!.VerifyDeployment.Select(step => step.Name).ShouldBe(["Ask it", "Let it settle", "Ask it again", "admin: Ask it", "admin: Let it settle", "admin: Ask it again", "Read it back"]);
    }

    [Fact]
    public void Nor_has_the_model_that_extends_the_first()
    {
        var library = Library.Empty with { Models = new Dictionary<string, IReadOnlyList<KnownModel>> { ["shop-web"] = [new(7, ModelVersionStatus.Published, ModelDocument.Read(Example("model: shop-web ")).Content)] } };

        ModelDocument.Read(Example("model: shop-web-production"), library).Remarks.Select(remark => remark.Full).ShouldBeEmpty();
    }

    [Fact]
    public void Its_names_are_those_of_the_code()
    {
        const string begin = "<!-- What follows is written from the code. -->\n", end = "\n<!-- So far. -->";
        var kept = Path.Combine(Written.Root, "docs", "guide", "models.md");
        var text = File.ReadAllText(kept).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        var names = string.Concat(Placeholder.Known.Select(name => $"| `${{{name.Written}}}` | {name.Says} | {name.Example} |\n"));
        var written = $"{text[..from]}\n| name | is | such as |\n| --- | --- | --- |\n{names}{text[to..]}";
        if (System.Environment.GetEnvironmentVariable("DEPLOYHUB_WRITE_DOCS") is not null) File.WriteAllText(kept, written);

        File.ReadAllText(kept).ReplaceLineEndings("\n").ShouldBe(written, "Set DEPLOYHUB_WRITE_DOCS to write it anew.");
    }

    /// <summary>The example that begins so.</summary>
    private static string Example(string beginning)
    {
        var guide = File.ReadAllText(Path.Combine(Written.Root, "docs", "guide", "models.md")).ReplaceLineEndings("\n");
        var begin = guide.IndexOf($"```yaml\n{beginning}", StringComparison.Ordinal) + "```yaml\n".Length;
        return guide[begin..guide.IndexOf("```\n", begin, StringComparison.Ordinal)];
    }
}
