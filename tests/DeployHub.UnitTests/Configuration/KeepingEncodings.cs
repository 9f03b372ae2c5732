using System.Text;
using DeployHub.Domain.Models.Steps;
using DeployHub.Worker.Steps.Configuration;

namespace DeployHub.UnitTests.Configuration;

public sealed class KeepingEncodings
{
    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void A_byte_order_mark_decides_and_stays(string name, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes("{ \"grüße\": \"日本 😀\" }\r\n")];

        var read = FileText.Read(bytes, FileEncoding.Latin1 is var latin && isMarked ? latin : FileEncoding.Utf8, ConfigurationFormat.Json);

        read.Text.ShouldBe("{ \"grüße\": \"日本 😀\" }\r\n");
        read.BytesOf(read.Text).ShouldBe(bytes);
    }

    [Fact]
    public void Without_a_mark_the_step_says_what_it_is()
    {
        var latin = Encoding.Latin1.GetBytes("a=grün");
        FileText.Read(latin, FileEncoding.Latin1, ConfigurationFormat.Properties).Text.ShouldBe("a=grün");
        FileText.Read(Encoding.Unicode.GetBytes("{}"), FileEncoding.Utf16, ConfigurationFormat.Json).Text.ShouldBe("{}");
        Should.Throw<UneditableException>(() => FileText.Read(latin, FileEncoding.Utf8, ConfigurationFormat.Properties)).Message.ShouldBe("is no utf-8 from byte 4; say its encoding (line 1)");
        Should.Throw<UneditableException>(() => FileText.Read(Encoding.Unicode.GetBytes("{}"), FileEncoding.Utf8, ConfigurationFormat.Json)).Message.ShouldContain("zero bytes");
    }

    [Fact]
    public void An_XML_declaration_decides()
    {
        var bytes = Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='ISO-8859-1'?><a>grün</a>");
        var read = FileText.Read(bytes, FileEncoding.Utf8, ConfigurationFormat.Xml);

        read.Text.ShouldEndWith("<a>grün</a>");
        read.BytesOf(read.Text).ShouldBe(bytes);
        Should.Throw<UneditableException>(() => FileText.Read(Encoding.ASCII.GetBytes("<?xml version='1.0' encoding='koi8-r'?><a/>"), FileEncoding.Utf8, ConfigurationFormat.Xml)).Message.ShouldContain("koi8-r");
    }

    [Fact]
    public void A_character_that_the_encoding_does_not_have_is_refused_with_its_line_and_not_shown()
    {
        var sentence = Should.Throw<UneditableException>(() => FileText.Read("a=1"u8.ToArray(), FileEncoding.Latin1, ConfigurationFormat.Env).BytesOf("a=1\nb=日本")).Message;
        sentence.ShouldBe("cannot hold one of the new values: iso-8859-1 has no such character (line 2)");
    }
}
