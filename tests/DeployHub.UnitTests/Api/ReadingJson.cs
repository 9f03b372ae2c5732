using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models.Notation.Editing;
using DeployHub.Web.Api;

namespace DeployHub.UnitTests.Api;

/// <summary>What cannot be read is refused with a sentence that names the field.</summary>
public sealed class ReadingJson
{
    private static readonly JsonSerializerOptions Strict = Options();

    [Theory]
    [InlineData("""{"key":"x","nam":"y","owner":"z"}""", "json.unknown-field", "nam")]
    [InlineData("""{"key":"x"}""", "json.missing-field", "name,owner")]
    [InlineData("""{"key":"x","name":null,"owner":"z"}""", "json.null", "name")]
    [InlineData("""{"key":"x","name":7,"owner":"z"}""", "json.wrong-value", "name")]
    [InlineData("""{"key":"x","key":"y","name":"z","owner":"o"}""", "json.duplicate-field", "key")]
    [InlineData("""{"key":""", "json.malformed", "")]
    [InlineData("""[1]""", "json.malformed", "")]
    [InlineData("""{"key":"x",}""", "json.malformed", "")]
    [InlineData("""x""", "json.malformed", "")]
    public void A_service(string body, string code, string fields) => Check<RegisterService>(body, code, fields);

    [Theory]
    [InlineData("""{"key":"x","name":"y","owner":"z","tier":"Tst"}""", "tier", "Production")]
    [InlineData("""{"key":"x","name":"y","owner":"z","tier":3}""", "tier", "Production")]
    [InlineData("""{"key":"x","name":"y","owner":"z","tier":"Test","order":"1"}""", "order", "whole number")]
    [InlineData("""{"key":"x","name":"y","owner":"z","tier":"Test","order":99999999999}""", "order", "whole number")]
    [InlineData("""{"key":"x","name":"y","owner":"z","tier":"Test","isLive":"yes"}""", "isLive", "true or false")]
    public void A_wrong_value_is_told_what_would_fit(string body, string field, string hint)
    {
        var error = ErrorOf<RegisterEnvironment>(body);

        error.Fields.Keys.ShouldHaveSingleItem().ShouldBe(field);
        error.Message.ShouldContain(hint);
    }

    [Theory]
    [InlineData("""{"component":"c","label":"1","artefacts":[{"name":"a","store":"s","path":"p","digest":"d","size":"big"}]}""", "json.wrong-value", "artefacts[0].size")]
    [InlineData("""{"component":"c","label":"1","artefacts":[{"name":"a","store":"s","path":"p","digest":"d","bytes":1}]}""", "json.unknown-field", "artefacts[0].bytes")]
    [InlineData("""{"component":"c","label":"1","artefacts":{}}""", "json.wrong-value", "artefacts")]
    [InlineData("""{"component":"c","label":"1","manifest":{"a":1}}""", "json.wrong-value", "manifest.a")]
    [InlineData("""{"component":"c","label":"1","manifest":["a"]}""", "json.wrong-value", "manifest")]
    public void A_field_deep_inside_is_named_with_its_place(string body, string code, string fields) => Check<RegisterComponentVersion>(body, code, fields);

    [Fact]
    public void An_unknown_kind_of_connection_is_told_the_kinds() =>
        ErrorOf<RegisterTarget>("""{"environment":"e","name":"n","connection":{"kind":"telnet"}}""").Message.ShouldContain("local, ssh and manual");

    [Fact]
    public void A_connection_without_a_kind_is_told_so()
    {
        var exception = Should.Throw<NotSupportedException>(() => JsonSerializer.Deserialize<RegisterTarget>("""{"environment":"e","name":"n","connection":{"host":"h"}}""", Strict));

        JsonSentences.MissingKind(exception).Fields.Keys.ShouldHaveSingleItem().ShouldBe("connection.kind");
    }

    [Fact]
    public void The_kind_need_not_come_first() =>
        JsonSerializer.Deserialize<RegisterTarget>("""{"environment":"e","name":"n","connection":{"directory":"/srv","kind":"local"}}""", Strict)!
            .Connection.ShouldBe(new LocalConnection("/srv"));

    [Fact]
    public void Edits_are_written_as_JSON_Patch_has_them()
    {
        var edits = JsonSerializer.Deserialize<DocumentEdit[]>("""[{"op":"move","from":"/a/1","path":"/a/0"},{"op":"add","path":"/b","value":1.10},{"op":"test","path":"/c","value":null}]""", Strict)!;

        edits.Select(edit => edit.Op).ShouldBe([EditOperation.Move, EditOperation.Add, EditOperation.Test]);
        edits[1].Value!.ToJsonString().ShouldBe("1.10");
        edits[2].Value.ShouldBeNull();
        Check<DocumentEdit[]>("""[{"op":"add"}]""", "json.missing-field", "[0].path");
        Check<DocumentEdit[]>("""[{"op":"copy","path":"/a"}]""", "json.wrong-value", "[0].op");
        ErrorOf<DocumentEdit[]>("""[{"op":"copy","path":"/a"}]""").Message.ShouldContain("one of test, add, remove, replace and move");
    }

    [Theory]
    [InlineData("7", 7u)]
    [InlineData("\"7\"", 7u)]
    [InlineData("*", null)]
    [InlineData("W/\"7\"", 0u)]
    [InlineData("nonsense", 0u)]
    public void If_Match_names_the_version_that_was_seen(string header, uint? seen)
    {
        IfMatch.TryParse(header, out var ifMatch).ShouldBeTrue();
        ifMatch.Seen.ShouldBe(seen);
    }

    private static void Check<T>(string body, string code, string fields)
    {
        var error = ErrorOf<T>(body);

        error.Code.ShouldBe(code);
        string.Join(',', error.Fields.Keys).ShouldBe(fields);
    }

    private static Error ErrorOf<T>(string body) => JsonSentences.Of(Should.Throw<JsonException>(() => JsonSerializer.Deserialize<T>(body, Strict)), typeof(T));

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        JsonSetup.Configure(options);
        return options;
    }
}
