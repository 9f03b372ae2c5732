using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>A block's document: what is right in it, and every mistake with its place.</summary>
public sealed class WritingBlocks
{
    [Fact]
    public void What_is_written_is_what_the_block_says()
    {
        var block = Shelf.Content(Shelf.Block);

        (block.Block, block.Name, block.Purpose).ShouldBe(("wait-until-healthy", "Wait until healthy", "Asks until it answers."));
        block.Parameters[0].ShouldBe(new BlockParameter("url", ParameterType.Text, "Where it answers."));
        block.Parameters[1].ShouldBe(new BlockParameter("within", ParameterType.Duration, "How long it may take.", "1m", "5s", "30m"));
        block.Steps.Select(step => step.Name).ShouldBe(["Ask it", "Let it settle"]);
        BlockValidation.ListsFor(block, NCalcConditions.Instance).ShouldBe(["verifyComponents", "verifyEnvironment", "execute.steps", "execute.switch", "verifyDeployment", "rollback.switch", "rollback.steps", "removal.steps", "removal.proof"]);
    }

    [Fact]
    public void Read_again_it_says_the_same()
    {
        foreach (var text in new[] { Shelf.Block, Shelf.Probe, Shipped })
        {
            var block = Shelf.Content(text);
            BlockDocument.Read(BlockDocument.Yaml(block)).ShouldSatisfyAllConditions(again => again.Remarks.ShouldBeEmpty(), again => again.Content!.Digest.ShouldBe(block.Digest));
            BlockDocument.Read(BlockDocument.Json(block).ToJsonString(), format: DocumentFormat.Json).Content!.Digest.ShouldBe(block.Digest);
        }
    }

    [Fact]
    public void The_shipped_block_and_the_one_to_begin_with_may_be_published_without_a_remark()
    {
        BlockDocument.Read(Shipped).Remarks.ShouldBeEmpty();
        var begun = BlockDocument.Read(BlockDocument.Empty("new-one", "New: one", "Says “why”."), "new-one");
        begun.Remarks.ShouldBeEmpty();
        (begun.Content!.Name, begun.Content.Purpose).ShouldBe(("New: one", "Says “why”."));
        BlockDocument.Read(BlockDocument.Empty("new-one", "New", "Why."), "other").Errors.ShouldContain(error => error.Rule == "block.key-differs" && error.Line == 2);
    }

    [Theory]
    [InlineData("block: wait-until-healthy", "block: Wait", "block", 1, 8, "“Wait” is no key.")]
    [InlineData("name: Wait until healthy", "nam: Wait until healthy", "name", 1, 1, "“name” is missing.")]
    [InlineData("purpose: Asks until it answers.", "purpose: ' '", "purpose", 3, 10, "Say in 1 to 2000 characters what the block is for")]
    [InlineData("type: Text", "type: Txt", "parameters.url.type", 5, 16, "“type” must be one of Text, Integer, Boolean, Duration")]
    [InlineData("default: 1m", "default: 1h", "parameters.within.default", 6, 38, "The default “1h” breaks its own rule: The parameter within must lie between 5s and 30m.")]
    [InlineData("default: 1m", "mutability: Free", "parameters.within.mutability", 6, 29, "“mutability” is not known here.")]
    [InlineData("uses: check-http", "uses: check-htp", "steps[0].uses", 8, 27, "There is no kind of step “check-htp”. Did you mean check-http?")]
    [InlineData("timeout: 30m }", "timeout: soon }", "steps[0].timeout", 8, 114, "“Ask it”: “soon” is no duration")]
    [InlineData("url: \"${parameter.url}\"", "url: \"${parameter.ulr}\"", "steps[0].with", 8, 45, "“Ask it”: there is no parameter ulr.")]
    [InlineData("name: Let it settle", "name: Ask it", "steps", 8, 3, "Two steps are called “Ask it”: people speak of steps by name.")]
    [InlineData("{ name: Let it settle, uses: wait, with: { for: 5s }, timeout: 1m }", "{ use: probe@1 }", "steps[1].use", 9, 12, "A block holds steps that are written out; no block is used inside another.")]
    [InlineData("for: 5s }, timeout: 1m", "for: 5m }, timeout: 1m", "steps[1].with.for", 9, 53, "“Let it settle”: 5m does not fit into the step's timeout of 1m.")]
    public void A_mistake_is_told_with_path_line_and_column(string was, string now, string path, int line, int column, string sentence)
    {
        Shelf.Block.ShouldContain(was);
        var reading = BlockDocument.Read(Shelf.Block.Replace(was, now, StringComparison.Ordinal));

        reading.Content.ShouldBeNull();
        var remark = reading.Errors.Where(remark => remark.Path == path).ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldStartWith(sentence);
        (remark.Line, remark.Column).ShouldBe((line, column));
    }

    [Theory]
    [InlineData("", "The document is empty.")]
    [InlineData("- a", "A block is a mapping that begins with “block: its-key”.")]
    [InlineData("block: a\n---\nblock: b", "Write one block in one document; a second one begins here.")]
    [InlineData("block: a\nname: A\npurpose: B.\nsteps: []", "A block has at least one step.")]
    public void Writing_that_is_no_block_is_a_remark_too(string text, string sentence) => BlockDocument.Read(text).Errors.ShouldContain(remark => remark.Sentence == sentence);

    [Fact]
    public void A_parameter_that_nothing_uses_is_warned_of() =>
        BlockDocument.Read(Shelf.Block.Replace("within: \"${parameter.within}\"", "within: 5s", StringComparison.Ordinal)).Remarks.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(remark => remark.Severity.ShouldBe(Severity.Warning), remark => remark.Path.ShouldBe("parameters.within"));

    [Fact]
    public void Steps_that_may_stand_nowhere_together_are_refused()
    {
        var text = Shelf.Block.Replace("uses: wait, with: { for: 5s }", "uses: check-artefacts", StringComparison.Ordinal).Replace("\"${parameter.url}\"", "\"http://${target.name}/${parameter.url}\"", StringComparison.Ordinal);
        BlockDocument.Read(text).Errors.ShouldContain(remark => remark.Path == "steps[1].uses");
    }

    [Fact]
    public void A_reference_may_be_left_for_the_model_to_give_and_steps_after_a_failure_may_come_first()
    {
        const string Block = """
            block: migrate
            name: Migrate
            purpose: Runs the scripts.
            parameters:
              database: { type: Text, description: Names the secret with the connection string. }
            steps:
              - { name: Tidy up, uses: script, runs: Always, with: { command: [sh, tidy.sh] } }
              - { name: Migrate, uses: database-script, with: { connection: "${parameter.database}" } }
            """;

        BlockDocument.Read(Block).Remarks.ShouldBeEmpty();
        BlockValidation.ListsFor(Shelf.Content(Block), NCalcConditions.Instance).ShouldBe(["verifyComponents", "execute.steps", "execute.switch", "rollback.switch", "rollback.steps"]);
    }

    [Fact]
    public void What_a_model_gives_is_said_in_words()
    {
        var block = Shelf.Content(Shelf.Block);

        BlockInWords.Of(block.Parameters[0]).ShouldBe("Text: every model says it.");
        BlockInWords.Of(block.Parameters[1]).ShouldBe("A duration such as 90s: 1m unless the model says otherwise; from 5s to 30m.");
        BlockInWords.Of(Shelf.Content(Shelf.Probe).Parameters[0]).ShouldBe("Text: full unless the model says otherwise; one of full, quick.");
        BlockInWords.Example(block, 2).ShouldBe("- { use: wait-until-healthy@2, with: { url: … } }");
    }

    [Fact]
    public void Whatever_anybody_sends_is_no_more_than_a_remark()
    {
        var random = new Random(11);
        foreach (var _ in Enumerable.Range(0, 200))
        {
            var (from, length) = (random.Next(Shelf.Probe.Length - 20), random.Next(1, 20));
            Should.NotThrow(() => BlockDocument.Read(Shelf.Probe.Remove(from, length)));
        }
    }

    private static string Shipped => File.ReadAllText(Path.Combine(Written.Root, "samples", "blocks", "wait-until-healthy.yaml"));
}
