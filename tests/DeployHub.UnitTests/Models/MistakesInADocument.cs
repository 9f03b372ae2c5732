using System.Text;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>Every mistake is told with its place, all of them at once, and none is more than a remark.</summary>
public sealed class MistakesInADocument
{
    [Theory]
    [InlineData("timeout: 2m", "timout: 2m", "stages.execute.steps[1].timout", 35, 9, "“timout” is not known here. Did you mean timeout? Known are name, uses, with, key, when, together, timeout, retries, runs, ifItFails, afterLoss and probe.")]
    [InlineData("to: in/package.tar.gz", "too: in/package.tar.gz", "stages.execute.steps[0].with.to", 29, 11, "“with.to” is missing.")]
    [InlineData("uses: upload", "uses: uplaod", "stages.execute.steps[0].uses", 27, 15, "There is no kind of step “uplaod”. Did you mean upload? “uses” must be one of script, ssh,")]
    [InlineData("approach: Rolling", "approach: rolling", "approach", 4, 11, "“approach” must be written Rolling.")]
    [InlineData("approach: Rolling", "approach: Waterfall", "approach", 4, 11, "“approach” must be one of BigBang, Phased,")]
    [InlineData("kinds: [Software]", "kinds: Software", "appliesTo.kinds", 6, 10, "“kinds” must be a list.")]
    [InlineData("kinds: [Software]", "kinds: [Software, Firmware]", "appliesTo.kinds[1]", 6, 21, "must be one of Software, Hardware,")]
    [InlineData("command: [sh, install.sh]", "command: sh install.sh", "stages.execute.steps[1].with.command", 33, 20, "“command” must be a list.")]
    [InlineData("name: Small", "name: [Small]", "name", 2, 7, "“name” must be text.")]
    [InlineData("name: Small", "name:", "name", 1, 1, "“name” is missing.")]
    [InlineData("phases: { batches: \"${parameter.size}\" }", "phases: some", "stages.execute.phases", 23, 13, "must be all-at-once, a mapping such as { batches: 2 }, or a list of phases.")]
    [InlineData("afterLoss: RunAgain", "retries: often", "stages.execute.steps[1].retries", 36, 18, "must be a whole number, not “often”.")]
    [InlineData("timeout: 2m", "timeout: 2 minutes", "stages.execute.steps[1].timeout", 35, 18, "“2 minutes” is no duration")]
    [InlineData("method: RedeployPrevious", "method: CompensatingSteps", "rollback.steps", 44, 3, "needs the steps that lead each touched target back.")]
    public void Are_told_with_path_line_and_column(string was, string now, string path, int line, int column, string sentence)
    {
        var reading = ModelDocument.Read(Written.With(was, now));

        reading.Content.ShouldBeNull();
        var remark = reading.Remarks.Where(remark => remark.Path == path).ShouldHaveSingleItem(string.Join('\n', reading.Remarks));
        remark.Sentence.ShouldContain(sentence);
        (remark.Line, remark.Column).ShouldBe((line, column));
        remark.Full.ShouldEndWith($"(line {line}, column {column})");
    }

    [Fact]
    public void Are_told_all_at_once() =>
        ModelDocument.Read(Written.With("name: Small", "nam: Small").Replace("uses: upload", "uses: uplaod").Replace("timeout: 2m", "timout: 2m"))
            .Remarks.Select(remark => remark.Path).ShouldBe(["name", "nam", "stages.execute.steps[0].uses", "stages.execute.steps[1].timout"]);

    [Fact]
    public void Of_parameters_are_told_together_with_those_of_steps()
    {
        var reading = ModelDocument.Read(Written.With("uses: upload", "uses: uplaod")
            .Replace("${parameter.size}", "${parameter.siez}")
            .Replace("command: [sh, install.sh]", "command: [sh, \"${parameter.sise}\"]").Replace("minimum: 1", "minimum: many"));

        reading.Remarks.Select(remark => remark.Sentence).ShouldContain(sentence => sentence.Contains("has the minimum “many”"), string.Join('\n', reading.Remarks));
        reading.Remarks.Select(remark => remark.Sentence).ShouldContain(sentence => sentence.Contains("there is no parameter sise. Did you mean size?"));
        reading.Remarks.Select(remark => remark.Sentence).ShouldContain(sentence => sentence.StartsWith("There is no kind of step “uplaod”."));
    }

    [Theory]
    [InlineData("a: b\n    c: d", "but the line above is a text that goes on")]
    [InlineData("a: b: c", "but the line above is a text that goes on")]
    [InlineData("a:\n    b: c\n  d: e", "does not begin where the lines that it belongs to do")]
    [InlineData("a:\n  - b\n  c: d", "goes on with a line that is no item")]
    [InlineData("a: b\nc\nd: e", "lacks its colon")]
    [InlineData("a: [b", "is not closed")]
    [InlineData("a: { b: c", "is not closed")]
    [InlineData("a: \"b", "is never closed")]
    [InlineData("a: @b", "Put quotes around it")]
    [InlineData("a:\n\tb: c", "Indent with blanks")]
    [InlineData("a: - b", "cannot stand here")]
    public void Of_indentation_and_brackets_are_said_so_that_they_can_be_mended(string text, string sentence)
    {
        var said = ModelDocument.Read(text).Remarks.ShouldHaveSingleItem().Sentence;

        said.ShouldStartWith("This is not YAML: ");
        said.ShouldContain(sentence);
        said.ShouldNotContain("While");
    }

    [Theory]
    [InlineData("model: a\nappliesTo:\n\tkinds: [Software]\n", 3, 1)]
    [InlineData("model: a\n# \tno indentation\nappliesTo:\n\tkinds: [Software]\n", 4, 1)]
    public void Of_tabs_are_told_where_the_tab_stands(string text, int line, int column)
    {
        var remark = ModelDocument.Read(text).Remarks[0];
        (remark.Line, remark.Column).ShouldBe((line, column), remark.Full);
    }

    [Theory]
    [InlineData("", "The document is empty.")]
    [InlineData("just text", "A model is a mapping that begins with “model: its-slug”.")]
    [InlineData("- a\n- b", "A model is a mapping that begins with “model: its-slug”.")]
    [InlineData("model: [a", "This is not YAML")]
    [InlineData("model: a\nmodel: b", "“model” is written twice.")]
    [InlineData("model: &a x\nname: *a", "Anchors and tags are not read here: write it plainly.")]
    [InlineData("name: *a", "Aliases are not read here: write it out.")]
    [InlineData("model: !!str x", "Anchors and tags are not read here: write it plainly.")]
    [InlineData("? [a, b]\n: c", "A name is plain text here.")]
    [InlineData("model: a\n---\nmodel: b", "Write one model in one document; a second one begins here.")]
    [InlineData("model: \"a\\0b\"", "This text contains control characters that nobody could read.")]
    [InlineData("model: \"\\ud800\"", "")]
    public void Of_writing_are_remarks_too(string text, string sentence)
    {
        var reading = ModelDocument.Read(text);

        reading.Content.ShouldBeNull();
        reading.Remarks.ShouldContain(remark => remark.Sentence.Contains(sentence));
    }

    [Theory]
    [InlineData("{\"model\":\"a\",}", "This is not JSON")]
    [InlineData("{\"model\":\"a\"} x", "This is not JSON")]
    [InlineData("{\"model\":\"a\",\"model\":\"b\"}", "“model” is written twice.")]
    [InlineData("{\"model\":\"\\ud800\"}", "This is not JSON")]
    [InlineData("{\"model\":\"\\u0000\"}", "This text contains control characters that nobody could read.")]
    [InlineData("", "This is not JSON")]
    public void Of_writing_json_are_remarks_too(string text, string sentence) =>
        ModelDocument.Read(text, DocumentFormat.Json).Remarks.ShouldHaveSingleItem().Sentence.ShouldStartWith(sentence);

    [Fact]
    public void In_json_have_a_place_too()
    {
        var text = "{\n  \"model\": \"a\",\n  \"nam\u00e9\": 1, \"näme\": 2\n}";
        var remark = ModelDocument.Read(text, DocumentFormat.Json).Remarks.Single(remark => remark.Path == "näme");
        (remark.Line, remark.Column).ShouldBe((3, 14));
    }

    [Fact]
    public void A_document_has_at_most_256_KiB() =>
        ModelDocument.Read("# " + new string('x', SourceLimits.Bytes)).Remarks.ShouldHaveSingleItem().Sentence.ShouldBe("A model document has at most 256 KiB.");

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Nesting_without_end_is_refused_quickly(string open, string close)
    {
        var text = "model: " + string.Concat(Enumerable.Repeat(open, 20000)) + string.Concat(Enumerable.Repeat(close, 20000));

        ModelDocument.Read(text).Remarks.ShouldHaveSingleItem().Sentence.ShouldBe(SourceLimits.TooDeep);
        ModelDocument.Read("[" + string.Concat(Enumerable.Repeat("[", 30)), DocumentFormat.Json).Remarks.ShouldHaveSingleItem().Sentence.ShouldBe(SourceLimits.TooDeep);
    }

    [Fact]
    public void Thousands_of_mistakes_are_answered_with_the_first_hundred() =>
        ModelDocument.Read("model: a\n" + string.Concat(Enumerable.Range(0, 20000).Select(i => $"x{i}: 1\n"))).Remarks.Count.ShouldBe(100);

    [Fact]
    public void Thousands_of_steps_are_refused_as_a_whole()
    {
        var steps = string.Concat(Enumerable.Range(0, 3000).Select(i => $"            - {{ name: s{i}, uses: check-artefacts }}\n"));
        ModelDocument.Read(Written.With("    - name: Reach\n      uses: check-reachable\n", steps.Replace("            -", "    -")))
            .Remarks.ShouldContain(remark => remark.Path == "stages.verifyEnvironment" && remark.Sentence.Contains("at most 200"));
    }

    [Fact]
    public void Nothing_that_anybody_sends_is_more_than_a_remark()
    {
        var random = new Random(7);
        var shipped = new[] { Written.Model, Written.Shipped("rolling-web-service"), Written.Shipped("manual-checklist") };
        for (var round = 0; round < 300; round++)
        {
            var text = Mutate(shipped[round % shipped.Length], random);
            Should.NotThrow(() => ModelDocument.Read(text, round % 5 == 0 ? DocumentFormat.Json : DocumentFormat.Yaml), text);
        }
    }

    [Fact]
    public void Nor_is_broken_json()
    {
        var random = new Random(8);
        var json = ModelDocument.Json(Written.Content()).ToJsonString();
        for (var round = 0; round < 300; round++)
        {
            var text = Mutate(json, random);
            Should.NotThrow(() => ModelDocument.Read(text, DocumentFormat.Json), text);
        }
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        string[] strange = ["\0", "\t", "{", "}", "[", "]", ":", "- ", "&a", "*a", "!!int", "|", ">", "\"", "'", "null", "~", "99999999999999999999", "-1", "\ud83d", "💥", "%YAML 1.1\n", "---\n", "...\n", "?", "<<: ", "\u0085", "\r", "${", "}", "\\u0000"];
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(mutated.Length);
            if (random.Next(3) == 0) mutated.Remove(at, Math.Min(random.Next(1, 40), mutated.Length - at));
            else mutated.Insert(at, strange[random.Next(strange.Length)]);
            if (mutated.Length == 0) mutated.Append('x');
        }

        return mutated.ToString();
    }
}
