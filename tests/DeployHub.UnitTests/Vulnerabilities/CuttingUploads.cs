using System.Text;
using DeployHub.Features.Vulnerabilities;

namespace DeployHub.UnitTests.Vulnerabilities;

public sealed class CuttingUploads
{
    [Theory]
    [InlineData("""{"a":1}""", 1)]
    [InlineData("{\"a\":1}\n{\"a\":{\"b\":[{}]}}\r\n", 2)]
    [InlineData("""[ {"a":"}{\"]["} , {"a":"\\"}, {} ]""", 3)]
    [InlineData("", 0)]
    public void Objects_are_cut_out_whatever_stands_in_their_texts(string text, int count)
    {
        var objects = Cut(text);

        objects.Count.ShouldBe(count);
        foreach (var one in objects) System.Text.Json.JsonDocument.Parse(one).Dispose();
    }

    [Theory]
    [InlineData("""{"a":1""", "ends within a record")]
    [InlineData("""{"a":"}""", "ends within a record")]
    [InlineData("hello", "is neither a record of OSV")]
    public void Anything_else_is_refused(string text, string why) => Should.Throw<UnreadableListException>(() => Cut(text)).Message.ShouldContain(why);

    [Fact]
    public void An_object_without_end_is_refused_before_it_fills_the_memory() =>
        Should.Throw<UnreadableListException>(() => Cut("{" + new string(' ', 2 * 1024 * 1024))).Message.ShouldBe("has a record of more than 1 MiB");

    private static List<string> Cut(string text) => [.. new JsonObjects(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1024 * 1024).Read().Select(json => Encoding.UTF8.GetString(json.Span))];
}
