using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Configuration;

public sealed class SettingValuesInYaml
{
    private const string Settings = """
        # who we are
        name: shop   # short
        logging:
          level: 'Information'
          keep: 7
          json: false
          old: yes
          sink: ~
          empty:
        servers:
          - url: "http://a:1"
            weight: 1.5
          - { url: http://b:2, weight: 2 } # the second
        text: |
          two
          lines
        anchored: &name hub
        again: *name
        "odd: key": x

        """;

    [Theory]
    [InlineData("name", "store", "name: shop   #", "name: store   #")]
    [InlineData("name", "# no comment: no", "name: shop   #", "name: \"# no comment: no\"   #")]
    [InlineData("name", "5", "name: shop", "name: \"5\"")]
    [InlineData("name", "no", "name: shop", "name: \"no\"")]
    [InlineData("name", "http://x:80/y", "name: shop", "name: http://x:80/y")]
    [InlineData("logging:level", "it's", "'Information'", "'it''s'")]
    [InlineData("logging:keep", "14", "keep: 7", "keep: 14")]
    [InlineData("logging:json", "true", "json: false", "json: true")]
    [InlineData("logging:old", "no", "old: yes", "old: no")]
    [InlineData("logging:sink", "file", "sink: ~", "sink: file")]
    [InlineData("logging:empty", "filled", "empty:", "empty: filled")]
    [InlineData("logging:empty", "8", "empty:", "empty: 8")]
    [InlineData("servers:0:url", "http://c:3 # d", "\"http://a:1\"", "\"http://c:3 # d\"")]
    [InlineData("servers:1:url", "a, b", "http://b:2", "\"a, b\"")]
    [InlineData("servers:1:weight", "3", "weight: 2 }", "weight: 3 }")]
    [InlineData("text", "one\ntwo", "|\n  two\n  lines", "\"one\\ntwo\"")]
    [InlineData("/odd: key", "z", "key\": x", "key\": z")]
    public void Only_the_value_changes_and_keeps_its_type_and_style(string path, string value, string before, string after) =>
        Set(Settings, path, value).ShouldBe(Settings.Replace(before, after));

    [Fact]
    public void Line_ends_and_characters_of_all_widths_stay() =>
        Set("ä😀: 日本\r\nx: 1 # ein\r\ny: 2\r\n", "x", "2").ShouldBe("ä😀: 日本\r\nx: 2 # ein\r\ny: 2\r\n");

    [Theory]
    [InlineData("name", "shop")]
    [InlineData("text", "two\nlines\n")]
    [InlineData("logging:level", "Information")]
    public void What_says_so_already_stays_as_it_is_written(string path, string value) => Set(Settings, path, value).ShouldBe(Settings);

    [Theory]
    [InlineData("logging:keep", "soon", "has a number at “logging:keep”, and the new value is none (line 5)")]
    [InlineData("logging:json", "perhaps", "has true or false at “logging:json”, and the new value is neither (line 6)")]
    [InlineData("logging:colour", "red", "has nothing at “logging:colour”; say add: true where it may be missing")]
    [InlineData("again", "x", "has an alias at “again”: change what it stands for (line 18)")]
    [InlineData("anchored", "x", "has an anchor or a tag at “anchored”, which stays with people (line 17)")]
    [InlineData("servers", "x", "has values of its own inside “servers”: name one of them (line 11)")]
    public void What_cannot_be_set_is_said_with_its_line(string path, string value, string sentence) => Refused(Settings, path, value).ShouldBe(sentence);

    [Theory]
    [InlineData("a: [1", 1)]
    [InlineData("a: 1\n b: 2\n", 2)]
    public void What_is_no_YAML_is_said_with_its_line(string text, int line) => Refused(text, "a", "1").ShouldBe($"is no valid YAML (line {line})");

    [Fact]
    public void One_name_twice_or_another_document_is_refused()
    {
        Refused("a: 1\na: 2\n", "a", "3").ShouldBe("has “a” more than once (line 2)");
        Refused("a: 1\n---\na: 2\n", "a", "3").ShouldBe("holds more than one YAML document (line 2)");
    }

    [Fact]
    public void Absurd_depth_is_refused() => Refused(new string('[', 3000), "0", "1").ShouldStartWith("nests deeper than 64 levels");

    [Theory]
    [InlineData("a: 1 # one\nc: 2\n", "b", "x", "a: 1 # one\nc: 2\nb: x\n")]
    [InlineData("a:\r\n  x: 1\r\nc: 2\r\n", "a:v:z", "5", "a:\r\n  x: 1\r\n  v:\r\n    z: 5\r\nc: 2\r\n")]
    [InlineData("a:\nc: 2\n", "a:b", "x y", "a:\n  b: x y\nc: 2\n")]
    [InlineData("a: {}\n", "a:b", "1", "a: { b: 1 }\n")]
    [InlineData("a: {x: 1}\n", "a:b:c", "1", "a: {x: 1, b: { c: 1 }}\n")]
    [InlineData("l:\n  - n: 1\n  - n: 2\n", "l:0:m", "true", "l:\n  - n: 1\n    m: true\n  - n: 2\n")]
    [InlineData("", "a:b", "1, 2", "a:\n  b: \"1, 2\"\n")]
    [InlineData("a: {}\nl: [ ]\n", "m", "y", "a: {}\nl: [ ]\nm: \"y\"\n")]
    [InlineData("b:\n  a: {x: 1,\n    z: [2,\n    3]\n  }\n", "b:m", "1", "b:\n  a: {x: 1,\n    z: [2,\n    3]\n  }\n  m: 1\n")]
    [InlineData("t: |\n  x\n\n# end\n", "u", "1", "t: |\n  x\nu: 1\n\n# end\n")]
    public void What_is_missing_is_added_like_its_neighbours(string before, string path, string value, string after) => Set(before, path, value, add: true).ShouldBe(after);

    private static string Set(string text, string path, string value, bool add = false) => Edited.Set(ConfigurationFormat.Yaml, text, path, value, add);

    private static string Refused(string text, string path, string value, bool add = false) => Edited.Refused(ConfigurationFormat.Yaml, text, path, value, add);
}
