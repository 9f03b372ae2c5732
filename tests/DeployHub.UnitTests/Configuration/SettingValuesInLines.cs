using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Configuration;

/// <summary>Files with a name and a value on each line.</summary>
public sealed class SettingValuesInLines
{
    private const string Properties = "# who we are\r\nname = shop\r\nurl: http://a:1\r\n! old\r\npath=a,\\\r\n     b\r\nkey\\ with\\=sign   x\r\nlast";

    private const string Env = "# who we are\nNAME=shop # short\nexport URL=\"http://a:1\"\nTEXT='a b'\nEMPTY=\n";

    [Theory]
    [InlineData("name", "store", "name = shop", "name = store")]
    [InlineData("name", " ä=\\", "name = shop", @"name = \ \u00E4=\\")]
    [InlineData("url", "x", "url: http://a:1", "url: x")]
    [InlineData("path", "c", "a,\\\r\n     b", "c")]
    [InlineData("key with=sign", "y", "   x", "   y")]
    [InlineData("last", "z", "\r\nlast", "\r\nlast=z")]
    public void In_properties_only_the_value_changes(string path, string value, string before, string after) =>
        Edited.Set(ConfigurationFormat.Properties, Properties, path, value).ShouldBe(Properties.Replace(before, after));

    [Theory]
    [InlineData("NAME", "store", "shop #", "store #")]
    [InlineData("NAME", "a b$c", "shop #", "'a b$c' #")]
    [InlineData("NAME", "it's", "shop #", "\"it's\" #")]
    [InlineData("URL", "a\"$b", "\"http://a:1\"", "\"a\\\"\\$b\"")]
    [InlineData("TEXT", "c", "'a b'", "'c'")]
    [InlineData("EMPTY", "full", "EMPTY=", "EMPTY=full")]
    public void In_env_files_only_the_value_changes(string path, string value, string before, string after) =>
        Edited.Set(ConfigurationFormat.Env, Env, path, value).ShouldBe(Env.Replace(before, after));

    [Theory]
    [InlineData("KEY=\"-----BEGIN\r\nB=inside\r\nsay \\\"B=x\\\"\r\n-----END\" # short\r\nB=2\r\n")]
    [InlineData("KEY='-----BEGIN\nB=inside\n-----END'\nB=2\n")]
    public void In_env_files_nothing_inside_a_value_of_several_lines_is_an_assignment(string text)
    {
        Edited.Set(ConfigurationFormat.Env, text, "B", "3").ShouldBe(text.Replace("B=2", "B=3"));
        Edited.Refused(ConfigurationFormat.Env, text, "KEY", "x").ShouldBe("has a value of several lines at “KEY”, which stays with people (line 1)");
    }

    [Fact]
    public void What_says_so_already_stays_as_it_is_written()
    {
        Edited.Set(ConfigurationFormat.Properties, Properties, "path", "a,b").ShouldBe(Properties);
        Edited.Set(ConfigurationFormat.Env, Env, "TEXT", "a b").ShouldBe(Env);
    }

    [Fact]
    public void What_is_missing_is_added_at_the_end()
    {
        Edited.Set(ConfigurationFormat.Properties, Properties, "a b", "1", add: true).ShouldBe(Properties + "\r\na\\ b=1\r\n");
        Edited.Set(ConfigurationFormat.Env, Env, "MORE", "a b", add: true).ShouldBe(Env + "MORE='a b'\n");
    }

    [Theory]
    [InlineData(ConfigurationFormat.Properties, "a=1\na=2", "a", "x", "has “a” more than once (line 2)")]
    [InlineData(ConfigurationFormat.Env, "A=1\nA=2", "A", "x", "has “A” more than once (line 2)")]
    [InlineData(ConfigurationFormat.Env, "A=1", "A", "x\ny", "cannot hold a value of several lines at “A”")]
    [InlineData(ConfigurationFormat.Env, "A=1", "A-B:C", "x", "cannot hold “A-B:C”, which is no name of a variable")]
    [InlineData(ConfigurationFormat.Env, "A=1\nB=\"x\nC=1\n", "C", "x", "has a quote that does not close (line 2)")]
    [InlineData(ConfigurationFormat.Env, "A='x", "A", "x", "has a quote that does not close (line 1)")]
    [InlineData(ConfigurationFormat.Properties, "a=1", "b", "x", "has nothing at “b”; say add: true where it may be missing")]
    public void What_cannot_be_set_is_said(ConfigurationFormat format, string text, string path, string value, string sentence) =>
        Edited.Refused(format, text, path, value).ShouldBe(sentence);
}
