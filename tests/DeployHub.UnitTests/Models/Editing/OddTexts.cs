namespace DeployHub.UnitTests.Models.Editing;

/// <summary>Texts as people write them, too.</summary>
public sealed class OddTexts
{
    [Theory]
    [InlineData("", "/model", "\"x\"", "model: x\n")]
    [InlineData("# only this\n", "/model", "\"x\"", "# only this\nmodel: x\n")]
    [InlineData("# only this", "/model", "\"x\"", "# only this\nmodel: x")]
    [InlineData("model: x\n# what follows\nstages: {}\n", "/name", "\"X\"", "model: x\nname: X\n# what follows\nstages: {}\n")]
    [InlineData("# of all\nname: X\n", "/model", "\"x\"", "# of all\nmodel: x\nname: X\n")]
    [InlineData("l:\n  - uses: x\n    timeout: 1m\n", "/l/0/name", "\"X\"", "l:\n  - name: X\n    uses: x\n    timeout: 1m\n")]
    [InlineData("---\na: 1\n...\n", "/b", "2", "---\na: 1\nb: 2\n...\n")]
    [InlineData("a: 1", "/b", "2", "a: 1\nb: 2")]
    [InlineData("a: 1\n\n\n", "/b", "2", "a: 1\nb: 2\n\n\n")]
    [InlineData("{}", "/a", "1", "{ a: 1 }")]
    [InlineData("{\"a\": 1}", "/b", "[1, {\"c\": null}]", "{\"a\": 1, b: [1, { c: null }]}")]
    [InlineData("a:\n    b: 1\n", "/c", "{\"d\":{\"e\":{\"f\":1}}}", "a:\n    b: 1\nc:\n    d:\n        e: { f: 1 }\n")]
    [InlineData("l:\n- a\n- b: 1\n  c: 2\n", "/l/-", "{\"d\":[{\"e\":1}]}", "l:\n- a\n- b: 1\n  c: 2\n- d:\n  - e: 1\n")]
    [InlineData("l:\n-   a: 1\n    b: 2\n", "/l/0/c", "3", "l:\n-   a: 1\n    b: 2\n    c: 3\n")]
    [InlineData("l:\n  -\n    a: 1\n", "/l/0/c", "3", "l:\n  -\n    a: 1\n    c: 3\n")]
    [InlineData("l:\n  - |\n    x\n  - b\n", "/l/1", "\"new\"", "l:\n  - |\n    x\n  - new\n  - b\n")]
    [InlineData("a: |+\n  x\n\n\n", "/b", "1", "a: |+\n  x\n\n\nb: 1\n")]
    [InlineData("l:\n  - \"x\n    # no comment\n    y\"\n  - b\n", "/l/1", "1", "l:\n  - \"x\n    # no comment\n    y\"\n  - 1\n  - b\n")]
    [InlineData("l: [\n  a, # one\n  b,\n]\n", "/l/-", "\"c\"", "l: [\n  a, # one\n  b, c,\n]\n")]
    [InlineData("l:\n  - { a: 1 }\n  - { a: 2 }\n", "/l/-", "{\"a\":3,\"b\":\"x, y\"}", "l:\n  - { a: 1 }\n  - { a: 2 }\n  - { a: 3, b: \"x, y\" }\n")]
    [InlineData("ä😀: 日本\r\nl:\r\n  - x # ein\r\n", "/l/-", "\"ü\"", "ä😀: 日本\r\nl:\r\n  - x # ein\r\n  - ü\r\n")]
    [InlineData("? a\n: 1\nb: 2\n", "/c", "3", "? a\n: 1\nb: 2\nc: 3\n")]
    public void Are_added_to(string text, string path, string value, string after) => Edits.Done(text, Edits.Add(path, value)).ShouldBe(after);

    [Theory]
    [InlineData("l:\n  - a\n", "/l/0", "l: []\n")]
    [InlineData("l: # these\n  # first\n  - a\nb: 1\n", "/l/0", "l: [] # these\nb: 1\n")]
    [InlineData("m:\n  a: \"x\n    # no comment\n    y\"\n  b: 1\n", "/m/b", "m:\n  a: \"x\n    # no comment\n    y\"\n")]
    [InlineData("l:\n  - - a\n    - b\n", "/l/0/0", "l:\n  - - b\n")]
    [InlineData("# of the file\na: 1\nb: 2\n", "/a", "# of the file\nb: 2\n")]
    [InlineData("m:\n  # of a\n  a: 1\n  b: 2\n", "/m/a", "m:\n  b: 2\n")]
    [InlineData("l:\n  - a: 1 # one\n    # of b\n    b: 2\n", "/l/0/a", "l:\n  -\n    # of b\n    b: 2\n")]
    [InlineData("l: [\n  a, # one\n  b, # two\n]\n", "/l/1", "l: [\n  a, # one\n   # two\n]\n")]
    public void Are_taken_from(string text, string path, string after) => Edits.Done(text, Edits.Remove(path)).ShouldBe(after);

    [Theory]
    [InlineData("a:\n  l:\n    # of x\n    - x: |\n        deep\n    - y\nm:\n- z\n", "/a/l/0", "/m/0", "a:\n  l:\n    - y\nm:\n# of x\n- x: |\n    deep\n- z\n")]
    [InlineData("a: [x, y]\nm: []\n", "/a/0", "/m/-", "a: [y]\nm:\n  - x\n")]
    [InlineData("a:\n  - { n: 1 }\n  - z\nm: [y]\n", "/a/0", "/m/1", "a:\n  - z\nm: [y, { n: 1 }]\n")]
    [InlineData("a:\n  - x\nm:\n  - y\n", "/a/0", "/m/0", "a: []\nm:\n  - x\n  - y\n")]
    [InlineData("l:\n  - a\n  - b\n  - c", "/l/2", "/l/0", "l:\n  - c\n  - a\n  - b\n")]
    [InlineData("l:\n  - a\n  - b\n  - c\n", "/l/0", "/l/2", "l:\n  - b\n  - c\n  - a\n")]
    public void Are_moved_in(string text, string from, string path, string after) => Edits.Done(text, Edits.Move(from, path)).ShouldBe(after);

    [Fact]
    public void Several_edits_follow_each_other() =>
        Edits.Done("a: 1 # one\nl: []\n", Edits.Test("/a", "1"), Edits.Add("/l/-", "{\"k\":1}"), Edits.Add("/l/0/m", "2"), Edits.Move("/l/0", "/l/0"), Edits.Remove("/a")).ShouldBe("l:\n  - k: 1\n    m: 2\n");
}
