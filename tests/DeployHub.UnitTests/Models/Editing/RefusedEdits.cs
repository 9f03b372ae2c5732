using DeployHub.Features.Models.Notation.Editing;

namespace DeployHub.UnitTests.Models.Editing;

/// <summary>What cannot be done, or not without changing more, is told and not done.</summary>
public sealed class RefusedEdits
{
    private const string Document = "a: 1\nl:\n  - x\n  - m: 2\nf: [p]\n";

    [Theory]
    [InlineData("/b", "model.edit-not-there")]
    [InlineData("/l/2", "model.edit-not-there")]
    [InlineData("/l/01", "model.edit-not-there")]
    [InlineData("/l/-", "model.edit-not-there")]
    [InlineData("/a/b", "model.edit-not-there")]
    [InlineData("", "model.edit-whole")]
    public void What_is_not_there_is_not_removed_or_replaced(string path, string code)
    {
        Edits.Refused(Document, Edits.Remove(path)).Code.ShouldBe(code);
        Edits.Refused(Document, Edits.Replace(path, "1")).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("/l/3")]
    [InlineData("/l/x")]
    [InlineData("/a/b")]
    public void Nothing_is_added_where_there_is_no_place(string path) => Edits.Refused(Document, Edits.Add(path, "1")).Code.ShouldBe("model.edit-no-place");

    [Fact]
    public void A_test_that_fails_says_what_stands_there_and_undoes_the_edits_before_it()
    {
        var refused = Edits.Refused(Document, Edits.Remove("/a"), Edits.Test("/l/0", "\"y\""));

        refused.Code.ShouldBe("model.edit-test-failed");
        refused.Message.ShouldContain("“x”");
    }

    [Theory]
    [InlineData("/l", "/l/0", "model.edit-inside")]
    [InlineData("/a", "/f", "model.edit-taken")]
    [InlineData("/a", "/l/0", "model.edit-elsewhere")]
    [InlineData("/l/0", "/b", "model.edit-elsewhere")]
    [InlineData("/b", "/c", "model.edit-not-there")]
    [InlineData("/l/1", "/f/0", "model.edit-unsafe")]
    public void A_move_that_is_none(string from, string path, string code) => Edits.Refused(Document, Edits.Move(from, path)).Code.ShouldBe(code);

    [Theory]
    [InlineData("- - a # c\n  - b\n", "/0/0")]
    [InlineData("l: [a: 1, b]\n", "/l/1")]
    public void What_cannot_be_told_apart_stays(string text, string path) => Edits.Refused("m:\n" + string.Concat(text.Split('\n').Select(line => line.Length > 0 ? $"  {line}\n" : "")), Edits.Remove($"/m{path}")).Code.ShouldBe("model.edit-unsafe");

    [Theory]
    [InlineData("a: &x 1\n", "Anchors and tags")]
    [InlineData("a: [1\n", "not YAML")]
    [InlineData("a: 1\na: 2\n", "written twice")]
    [InlineData("a: 1\n---\nb: 2\n", "one model in one document")]
    public void What_cannot_be_read_is_not_edited_and_its_place_is_told(string text, string sentence)
    {
        var refused = Edits.Refused(text, Edits.Add("/c", "1"));

        refused.Code.ShouldBe("model.edit-unreadable");
        refused.Message.ShouldContain(sentence);
        refused.Message.ShouldContain("(line ");
    }

    [Theory]
    [InlineData("\"a\\u0001b\"", "model.edit-unsayable")]
    [InlineData("\"\\ud83d\"", "model.edit-unstorable")]
    public void What_no_document_can_say_is_not_written(string value, string code) => Edits.Refused(Document, Edits.Add("/b", value)).Code.ShouldBe(code);

    [Fact]
    public void Nothing_is_nested_deeper_than_a_document_may_be() =>
        Edits.Refused(Document, Edits.Add("/b", new string('[', 25) + new string(']', 25))).Code.ShouldBe("model.edit-unsayable");

    [Theory]
    [InlineData("a", null)]
    [InlineData("/a~2b", null)]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("/a~1b/~01", "a/b,~1")]
    public void A_path_is_a_JSON_Pointer(string path, string? parts)
    {
        var read = DocumentPath.Parts(path);

        (read is null ? null : string.Join(',', read)).ShouldBe(parts);
        if (read is not null) DocumentPath.Of(read).ShouldBe(path);
    }

    [Theory]
    [InlineData("stages.execute.steps[1].timeout", "/stages/execute/steps/1/timeout")]
    [InlineData("", "")]
    public void A_remark_names_the_same_place(string remark, string path) => DocumentPath.OfRemark(remark).ShouldBe(path);
}
