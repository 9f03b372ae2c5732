using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Configuration;

public sealed class SettingValuesInJson
{
    private const string Settings = """
        {
          // who we are
          "Name": "shop", /* short */
          "Logging": { "Level": "Information", "Keep": 7, "Json": false, "Sink": null },
          "Servers": [
            { "Url": "http://a:1", "Weight": 1.5 },
            { "Url": "http://b:2", "Weight": 2 }, // the second
          ],
        }

        """;

    [Theory]
    [InlineData("Name", "store", "\"Name\": \"shop\"", "\"Name\": \"store\"")]
    [InlineData("/Name", "store", "\"Name\": \"shop\"", "\"Name\": \"store\"")]
    [InlineData("Logging:Level", "Debug", "\"Information\"", "\"Debug\"")]
    [InlineData("Logging:Level", "5", "\"Information\"", "\"5\"")]
    [InlineData("Logging:Level", "say \"hé\"\\\n", "\"Information\"", "\"say \\\"hé\\\"\\\\\\n\"")]
    [InlineData("Logging:Keep", "14", "\"Keep\": 7", "\"Keep\": 14")]
    [InlineData("Logging:Json", "True", "\"Json\": false", "\"Json\": true")]
    [InlineData("Logging:Sink", "file", "\"Sink\": null", "\"Sink\": \"file\"")]
    [InlineData("Logging:Sink", "3", "\"Sink\": null", "\"Sink\": 3")]
    [InlineData("Servers:1:Url", "http://c:3", "http://b:2", "http://c:3")]
    [InlineData("/Servers/0/Weight", "-0.25e3", "1.5", "-0.25e3")]
    [InlineData("Logging", "{\"Level\":\"Error\"}", "{ \"Level\": \"Information\", \"Keep\": 7, \"Json\": false, \"Sink\": null }", "{\"Level\":\"Error\"}")]
    public void Only_the_value_changes_and_keeps_its_type(string path, string value, string before, string after) =>
        Set(Settings, path, value).ShouldBe(Settings.Replace(before, after));

    [Theory]
    [InlineData("Name", "shop")]
    [InlineData("Logging:Sink", "null")]
    [InlineData("Servers:0:Weight", "1.5")]
    [InlineData("Servers:0", "{\"Weight\":1.5,\"Url\":\"http://a:1\"}")]
    public void What_says_so_already_stays_as_it_is_written(string path, string value) => Set(Settings, path, value).ShouldBe(Settings);

    [Fact]
    public void Names_with_colons_slashes_and_tildes_have_a_path_too() =>
        Set("""{"a:b":{"c/d~e":1}}""", "/a:b/c~1d~0e", "2").ShouldBe("""{"a:b":{"c/d~e":2}}""");

    [Fact]
    public void Lists_in_lists_are_counted_from_nought() => Set("[[1,[2,3]],4]", "0:1:1", "9").ShouldBe("[[1,[2,9]],4]");

    [Fact]
    public void Line_ends_and_characters_of_all_widths_stay() =>
        Set("{\r\n\t\"ä😀\": \"日本\",\r\n\t\"x\": 1\r\n}\r\n", "x", "2").ShouldBe("{\r\n\t\"ä😀\": \"日本\",\r\n\t\"x\": 2\r\n}\r\n");

    [Theory]
    [InlineData("Logging:Keep", "soon", "has a number at “Logging:Keep”, and the new value is none (line 4)")]
    [InlineData("Logging:Json", "perhaps", "has true or false at “Logging:Json”, and the new value is neither (line 4)")]
    [InlineData("Logging:Colour", "red", "has nothing at “Logging:Colour”; say add: true where it may be missing")]
    [InlineData("Servers:2:Url", "x", "has nothing at “Servers:2:Url”; say add: true where it may be missing")]
    [InlineData("Servers:first", "x", "has a list where “first” of “Servers:first” would be; its items are numbered from 0 (line 5)")]
    [InlineData("Name:First", "x", "has a single value where “First” of “Name:First” would be (line 3)")]
    [InlineData("Servers", "x", "has values of its own inside “Servers”: name one of them, or give the whole as JSON (line 5)")]
    [InlineData("Logging::Level", "x", "cannot follow the path “Logging::Level”, of which a part is empty")]
    public void What_cannot_be_set_is_said_with_its_line(string path, string value, string sentence) => Refused(Settings, path, value).ShouldBe(sentence);

    [Fact]
    public void No_sentence_shows_a_value() => Refused(Settings, "Logging:Keep", "hunter2").ShouldNotContain("hunter2");

    [Fact]
    public void One_name_twice_is_refused() => Refused("{\"a\":1,\n\"a\":2}", "a", "3").ShouldBe("has “a” more than once (line 2)");

    [Theory]
    [InlineData("", 1)]
    [InlineData("{", 1)]
    [InlineData("{\n  \"a\": oops\n}", 2)]
    [InlineData("{}\n{}", 2)]
    public void What_is_no_JSON_is_said_with_its_line(string text, int line) => Refused(text, "a", "1").ShouldBe($"is no valid JSON (line {line})");

    [Fact]
    public void Absurd_depth_is_refused()
    {
        Refused(new string('[', 5000), "0", "1").ShouldStartWith("nests deeper than 64 levels");
        Refused("{}", string.Join(':', Enumerable.Repeat("a", 65)), "1", add: true).ShouldBe("cannot follow a path of 65 parts");
    }

    [Theory]
    [InlineData("{\n  \"a\": 1\n}\n", "b", "x", "{\n  \"a\": 1,\n  \"b\": \"x\"\n}\n")]
    [InlineData("{\r\n  \"a\": 1, // one\r\n}", "b", "2", "{\r\n  \"a\": 1, // one\r\n  \"b\": 2,\r\n}")]
    [InlineData("{\n  \"a\": 1 // one\n}", "b", "2 x", "{\n  \"a\": 1, // one\n  \"b\": \"2 x\"\n}")]
    [InlineData("{ \"a\": 1 }", "b:c", "true", "{ \"a\": 1, \"b\": { \"c\": true } }")]
    [InlineData("{}", "a:b", "null", "{ \"a\": { \"b\": null } }")]
    [InlineData("{ \"l\": [1, 2] }", "l:2", "3", "{ \"l\": [1, 2, 3] }")]
    [InlineData("{ \"l\": [] }", "l:0:n", "3", "{ \"l\": [ { \"n\": 3 } ] }")]
    public void What_is_missing_is_added_like_its_neighbours(string before, string path, string value, string after) => Set(before, path, value, add: true).ShouldBe(after);

    private static string Set(string text, string path, string value, bool add = false) => Edited.Set(ConfigurationFormat.Json, text, path, value, add);

    private static string Refused(string text, string path, string value, bool add = false) => Edited.Refused(ConfigurationFormat.Json, text, path, value, add);
}
