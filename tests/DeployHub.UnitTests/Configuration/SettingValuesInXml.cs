using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Configuration;

public sealed class SettingValuesInXml
{
    private const string Settings = """
        <?xml version="1.0"?>
        <!-- who we are -->
        <configuration xmlns:x='urn:x'>
          <appSettings>
            <add key="Level"  value='Information' /> <!-- > -->
            <add key="Keep" value="7"/>
          </appSettings>
          <x:name>shop &amp; co</x:name>
          <empty/>
          <note>a<!-- b --></note>
          <data><![CDATA[<raw>]]></data>
        </configuration>

        """;

    [Theory]
    [InlineData("/configuration/appSettings/add[@key='Level']/@value", "a 'b' <c>", "value='Information'", "value='a &apos;b&apos; &lt;c&gt;'")]
    [InlineData("/configuration/appSettings/add[2]/@value", "14", "value=\"7\"", "value=\"14\"")]
    [InlineData("/configuration/name", "store", "shop &amp; co", "store")]
    [InlineData("/configuration/x:name", "a & b", "shop &amp; co", "a &amp; b")]
    [InlineData("/configuration/empty", "full", "<empty/>", "<empty>full</empty>")]
    [InlineData("/configuration/data", "plain", "<![CDATA[<raw>]]>", "plain")]
    public void Only_the_value_changes(string path, string value, string before, string after) => Set(Settings, path, value).ShouldBe(Settings.Replace(before, after));

    [Fact]
    public void Line_ends_stay_and_a_default_namespace_is_no_obstacle() =>
        Set("<a xmlns=\"urn:a\">\r\n\t<b c='1'\r\n\t   d=\"2\"/>\r\n</a>", "/a/b/@d", "3").ShouldBe("<a xmlns=\"urn:a\">\r\n\t<b c='1'\r\n\t   d=\"3\"/>\r\n</a>");

    [Theory]
    [InlineData("/configuration/name", "shop & co")]
    [InlineData("/configuration/data", "<raw>")]
    public void What_says_so_already_stays_as_it_is_written(string path, string value) => Set(Settings, path, value).ShouldBe(Settings);

    [Theory]
    [InlineData("/configuration/appSettings/add/@value", "has 2 places for “/configuration/appSettings/add/@value”: tell them apart by an attribute or a number (line 6)")]
    [InlineData("/configuration/appSettings", "has elements of its own inside “/configuration/appSettings”: name one of them (line 4)")]
    [InlineData("/configuration/note", "has a comment inside “/configuration/note”, which would be lost (line 10)")]
    [InlineData("/configuration/missing", "has nothing at “/configuration/missing”; say add: true where it may be missing")]
    [InlineData("//add", "cannot follow “//add”: write /names/with[@conditions='x']/and/at/most/@one-attribute")]
    [InlineData("/configuration/*", "cannot follow “/configuration/*”: write /names/with[@conditions='x']/and/at/most/@one-attribute")]
    public void What_cannot_be_set_is_said_with_its_line(string path, string sentence) => Refused(Settings, path, "x").ShouldBe(sentence);

    [Fact]
    public void Document_types_and_entities_are_not_read() =>
        Refused("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>\n<a>&b;</a>", "/a", "x").ShouldStartWith("has a document type, which is not read");

    [Fact]
    public void What_is_no_XML_is_said_with_its_line() => Refused("<a>\n<b>\n</a>", "/a", "x").ShouldBe("is no valid XML (line 3)");

    [Fact]
    public void Absurd_depth_is_refused() => Refused(string.Concat(Enumerable.Repeat("<a>", 3000)), "/a", "x").ShouldStartWith("nests deeper than 64 levels");

    [Theory]
    [InlineData("<a>\r\n  <b k=\"1\"/>\r\n</a>", "/a/b[@k='2']/@v", "x", "<a>\r\n  <b k=\"1\"/>\r\n  <b k=\"2\" v=\"x\" />\r\n</a>")]
    [InlineData("<a>\n  <b k=\"1\"/>\n</a>", "/a/b/@v", "x", "<a>\n  <b k=\"1\" v=\"x\"/>\n</a>")]
    [InlineData("<a/>", "/a/b/c", "x", "<a><b><c>x</c></b></a>")]
    [InlineData("<a><b>1</b></a>", "/a/c[n='x']/d", "2", "<a><b>1</b><c><n>x</n><d>2</d></c></a>")]
    [InlineData("<x:a xmlns:x='u'><x:b/></x:a>", "/a/c", "1", "<x:a xmlns:x='u'><x:b/><x:c>1</x:c></x:a>")]
    public void What_is_missing_is_added_like_its_neighbours(string before, string path, string value, string after) => Set(before, path, value, add: true).ShouldBe(after);

    [Theory]
    [InlineData("/root/@x:mode", "x")]
    [InlineData("/root/y:a", "y")]
    [InlineData("/root/a[@z:k='1']/b", "z")]
    public void A_prefix_that_the_document_does_not_bind_is_not_written(string path, string prefix) =>
        Refused("<root/>", path, "1", add: true).ShouldBe($"does not bind the prefix “{prefix}” of “{path}” to a namespace there (line 1)");

    [Fact]
    public void A_prefix_that_it_binds_is_written() => Set("<a xmlns:x=\"u\"/>", "/a/@x:mode", "1", add: true).ShouldBe("<a xmlns:x=\"u\" x:mode=\"1\"/>");

    [Theory]
    [InlineData("/a/b[@k='2']/@k")]
    [InlineData("/a/@c:d:e")]
    public void What_would_not_be_read_back_is_not_written(string path) =>
        Refused("<a xmlns:c='u'><b k='1'/></a>", path, "3", add: true).ShouldBe($"would not say it at “{path}” afterwards, or be no valid XML any more");

    private static string Set(string text, string path, string value, bool add = false) => Edited.Set(ConfigurationFormat.Xml, text, path, value, add);

    private static string Refused(string text, string path, string value, bool add = false) => Edited.Refused(ConfigurationFormat.Xml, text, path, value, add);
}
