namespace DeployHub.UnitTests.Models.Editing;

/// <summary>An edit changes its place and not one character more.</summary>
public sealed class ChangingOnePlace
{
    private const string Document = """
        # about the whole
        name: shop   # short
        purpose: >
          Folded over
          two lines.

        level: 'Information'
        size: 2
        nothing:
        empty: {}
        none: [] # not yet
        kinds: [Software, "Data"]   # any
        phases: { batches: "25%", # one
          soak: 5m }
        text: |  # as it stands
            one
            two

        steps:
          # about the first
          - name: First
            uses: upload
            with: { to: in/package.tar.gz } # where

          # about the second,
          # in two lines
          - name: Second
            with:
              command: [sh, -c, 'exit 0']
              # deeper, at the end of the second
          - { name: Third, uses: "check" }
        # the end

        """;

    [Theory]
    [InlineData("/name", "\"store\"", "name: shop   #", "name: store   #")]
    [InlineData("/name", "\"a: b\"", "name: shop   #", "name: \"a: b\"   #")]
    [InlineData("/name", "\"5\"", "name: shop", "name: \"5\"")]
    [InlineData("/name", "5", "name: shop", "name: 5")]
    [InlineData("/name", "true", "name: shop", "name: true")]
    [InlineData("/name", "\"true\"", "name: shop", "name: \"true\"")]
    [InlineData("/name", "\"# none\"", "name: shop", "name: \"# none\"")]
    [InlineData("/name", "\"half # way\"", "name: shop", "name: \"half # way\"")]
    [InlineData("/name", "\"\"", "name: shop", "name: \"\"")]
    [InlineData("/name", "\"http://x:80/${target.port}\"", "name: shop", "name: http://x:80/${target.port}")]
    [InlineData("/name", "\"日本 \\uD83D\\uDE80\"", "name: shop", "name: 日本 🚀")]
    [InlineData("/name", "\"one\\ntwo\"", "name: shop   # short", "name: |-   # short\n  one\n  two")]
    [InlineData("/name", "[1, \"a, b\"]", "name: shop   #", "name: [1, \"a, b\"]   #")]
    [InlineData("/level", "\"it's\"", "'Information'", "'it''s'")]
    [InlineData("/size", "3", "size: 2", "size: 3")]
    [InlineData("/nothing", "\"now\"", "nothing:", "nothing: now")]
    [InlineData("/nothing", "{\"a\":{\"b\":1}}", "nothing:", "nothing:\n  a: { b: 1 }")]
    [InlineData("/empty", "\"x\"", "empty: {}", "empty: x")]
    [InlineData("/kinds/1", "\"Process\"", "\"Data\"", "\"Process\"")]
    [InlineData("/kinds/0", "\"a]b\"", "[Software,", "[\"a]b\",")]
    [InlineData("/kinds", "\"all\"", "[Software, \"Data\"]   #", "all   #")]
    [InlineData("/phases/batches", "10", "\"25%\"", "10")]
    [InlineData("/phases/soak", "\"${parameter.soak}\"", "soak: 5m", "soak: \"${parameter.soak}\"")]
    [InlineData("/phases", "[{\"name\":\"A\",\"targets\":1},{\"name\":\"B\"}]", "phases: { batches: \"25%\", # one\n  soak: 5m }", "phases:\n  - name: A\n    targets: 1\n  - name: B")]
    [InlineData("/purpose", "\"Plain.\"", ">\n  Folded over\n  two lines.", "|-\n  Plain.")]
    [InlineData("/purpose", "\"One\\nTwo\\n\"", ">\n  Folded over\n  two lines.", "|\n  One\n  Two")]
    [InlineData("/text", "\"three\\n\\nfour\\n\"", "one\n    two", "three\n\n    four")]
    [InlineData("/text", "\" leads\"", "|  # as it stands\n    one\n    two", "\" leads\"  # as it stands")]
    [InlineData("/text", "{\"a\":1}", "text: |  # as it stands\n    one\n    two", "text: { a: 1 }  # as it stands")]
    [InlineData("/steps/1/with/command/2", "\"exit 1\"", "'exit 0'", "'exit 1'")]
    [InlineData("/steps/1/with/command", "\"sh\"", "[sh, -c, 'exit 0']", "sh")]
    [InlineData("/steps/2", "{\"name\":\"Other\",\"uses\":\"wait\",\"with\":{\"for\":\"1m\"}}", "- { name: Third, uses: \"check\" }", "- name: Other\n    uses: wait\n    with: { for: 1m }")]
    [InlineData("/steps/2/uses", "\"wait\"", "\"check\"", "\"wait\"")]
    public void Another_value(string path, string value, string was, string now) => Check(Edits.Replace(path, value), was, now);

    [Theory]
    [InlineData("/size", "2")]
    [InlineData("/size", "\"2\"")]
    [InlineData("/level", "\"Information\"")]
    [InlineData("/text", "\"one\\ntwo\\n\"")]
    [InlineData("/kinds", "[\"Software\",\"Data\"]")]
    [InlineData("/steps/0/with", "{\"to\":\"in/package.tar.gz\"}")]
    public void What_says_so_already_stays_as_it_is_written(string path, string value) => Edits.Done(Document, Edits.Replace(path, value)).ShouldBe(Document);

    [Theory]
    [InlineData("/rollback", "{\"method\":\"RedeployPrevious\"}", "uses: \"check\" }\n", "uses: \"check\" }\nrollback: { method: RedeployPrevious }\n")]
    [InlineData("/steps/0/timeout", "\"5m\"", "tar.gz } # where\n", "tar.gz } # where\n    timeout: 5m\n")]
    [InlineData("/steps/0/key", "\"first\"", "- name: First\n", "- name: First\n    key: first\n")]
    [InlineData("/steps/0/with/artefact", "\"a, b\"", "tar.gz }", "tar.gz, artefact: \"a, b\" }")]
    [InlineData("/steps/1/uses", "\"script\"", "- name: Second\n", "- name: Second\n    uses: script\n")]
    [InlineData("/steps/1/with/environment", "{\"PORT\":8080}", "'exit 0']\n", "'exit 0']\n      environment: { PORT: 8080 }\n")]
    [InlineData("/steps/2/when", "\"${a} == 1\"", "name: Third, uses", "name: Third, when: \"${a} == 1\", uses")]
    [InlineData("/steps/-", "{\"name\":\"Last\",\"uses\":\"wait\"}", "uses: \"check\" }\n", "uses: \"check\" }\n  - name: Last\n    uses: wait\n")]
    [InlineData("/steps/0", "{\"name\":\"New\"}", "  # about the first\n", "  - name: New\n  # about the first\n")]
    [InlineData("/steps/1", "{\"name\":\"New\",\"with\":{\"instruction\":\"a\\nb\"}}", "  # about the second,\n", "  - name: New\n    with:\n      instruction: |-\n        a\n        b\n  # about the second,\n")]
    [InlineData("/kinds/-", "\"Process\"", "\"Data\"]", "\"Data\", Process]")]
    [InlineData("/kinds/0", "\"Process\"", "[Software", "[Process, Software")]
    [InlineData("/none/-", "{\"name\":\"One\",\"uses\":\"wait\"}", "none: [] # not yet", "none: # not yet\n  - name: One\n    uses: wait")]
    [InlineData("/none/0", "\"one\"", "none: []", "none: [one]")]
    [InlineData("/empty/a", "\"x y\"", "empty: {}", "empty: { a: x y }")]
    [InlineData("/phases/x", "1", "soak: 5m }", "soak: 5m, x: 1 }")]
    [InlineData("/odd key: x", "\"y\"", "uses: \"check\" }\n", "uses: \"check\" }\n\"odd key: x\": \"y\"\n")]
    public void Something_more(string path, string value, string was, string now) => Check(Edits.Add(path, value), was, now);

    [Theory]
    [InlineData("/size", "size: 2\n", "")]
    [InlineData("/name", "name: shop   # short\n", "")]
    [InlineData("/text", "text: |  # as it stands\n    one\n    two\n", "")]
    [InlineData("/kinds/0", "Software, ", "")]
    [InlineData("/kinds/1", ", \"Data\"", "")]
    [InlineData("/phases/batches", "batches: \"25%\", # one\n  ", "")]
    [InlineData("/phases/soak", "soak: 5m", "")]
    [InlineData("/steps/0/name", "name: First\n    ", "")]
    [InlineData("/steps/0/with", "    with: { to: in/package.tar.gz } # where\n", "")]
    [InlineData("/steps/0/with/to", "{ to: in/package.tar.gz }", "{}")]
    [InlineData("/steps/1/with/command", "\n      command: [sh, -c, 'exit 0']", " {}")]
    [InlineData("/steps/0", "  # about the first\n  - name: First\n    uses: upload\n    with: { to: in/package.tar.gz } # where\n", "")]
    [InlineData("/steps/1", "  # about the second,\n  # in two lines\n  - name: Second\n    with:\n      command: [sh, -c, 'exit 0']\n      # deeper, at the end of the second\n", "")]
    [InlineData("/steps/2", "  - { name: Third, uses: \"check\" }\n", "")]
    public void Something_less(string path, string was, string now) => Check(Edits.Remove(path), was, now);

    [Fact]
    public void An_item_goes_elsewhere_with_its_comments()
    {
        var moved = Edits.Done(Document, Edits.Move("/steps/1", "/steps/0"));

        moved.ShouldContain("steps:\n  # about the second,\n  # in two lines\n  - name: Second\n    with:\n      command: [sh, -c, 'exit 0']\n      # deeper, at the end of the second\n  # about the first\n  - name: First\n");
        Edits.Done(moved, Edits.Move("/steps/0", "/steps/1")).ShouldBe(Document);
    }

    [Fact]
    public void A_member_gets_another_name_where_it_stands() => Check(Edits.Move("/level", "/log level"), "level: 'I", "log level: 'I");

    private static void Check(DeployHub.Features.Models.Notation.Editing.DocumentEdit edit, string was, string now)
    {
        Document.ShouldContain(was);
        Edits.Done(Document, edit).ShouldBe(Document.Replace(was, now));
        Edits.Done(Document.Replace("\n", "\r\n"), edit).ShouldBe(Document.Replace(was, now).Replace("\n", "\r\n"));
    }

    [Fact]
    public void What_is_said_about_the_next_item_between_brackets_stays()
    {
        Edits.Done("a: [\n  x, # about x\n  # about y\n  y,\n]\n", Edits.Remove("/a/0")).ShouldBe("a: [\n  # about y\n  y,\n]\n");
        Edits.Done("a: [x, # about x\n  # about y\n  y]\n", Edits.Remove("/a/0")).ShouldBe("a: [\n  # about y\n  y]\n");
    }
}
