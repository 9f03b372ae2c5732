using System.Text;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using DeployHub.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeployHub.UnitTests.Models;

/// <summary>What editors on other systems leave in a document means nothing, disturbs nothing and is not lost.</summary>
public sealed class KeepingBytes
{
    private const string Mark = "\uFEFF";

    private static readonly string Windows = Mark + Written.Model.ReplaceLineEndings("\r\n")
        .Replace("purpose: For tests.", "purpose: For tests.   # \ta tab", StringComparison.Ordinal);

    [Fact]
    public void Marks_and_line_ends_say_nothing() => ModelDocument.Read(Windows).Content!.Digest.ShouldBe(Written.Content().Digest);

    [Fact]
    public void Places_are_those_that_an_editor_shows()
    {
        var remark = ModelDocument.Read(Windows.Replace("model: small", "modl: small", StringComparison.Ordinal)).Remarks.Single(remark => remark.Path == "modl");

        (remark.Line, remark.Column).ShouldBe((1, 1));
    }

    [Fact]
    public void Another_model_begins_with_the_same_text_under_its_own_name() =>
        DocumentHead.Of(Windows, "other", "Other", "Something else.").ShouldStartWith("model: other\r\nname: Other\r\n");

    [Fact]
    public void Laid_beside_each_other_they_are_equal() => SideBySide.Of(Windows, Windows[1..].ReplaceLineEndings("\n")).ShouldBeEmpty();

    [Theory]
    [InlineData("model: small", "small", "", "")]
    [InlineData("model: small\nname: Small\nstages: 3", "small", "Small", "")]
    [InlineData("model: [small", "", "", "")]
    public void A_document_with_errors_says_what_it_calls_its_model(string text, string model, string name, string purpose) =>
        ModelDocument.Read(text).Names.ShouldBe(new ModelNames(model, name, purpose));

    [Fact]
    public async Task What_arrives_is_handed_on_as_it_is()
    {
        var bytes = Encoding.UTF8.GetBytes(Windows);

        (await ReadAsync(bytes)).ShouldBeOfType<Ok<string>>().Value.ShouldBe(Windows);
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("model: small\r\nname: Smäll ", "line 2, column 13")]
    [InlineData("model: small\n\n", "line 3, column 1")]
    public async Task What_is_no_text_is_told_with_its_place(string before, string place)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(before), 0xC3, 0x28];

        (await ReadAsync(bytes)).ShouldBeOfType<ProblemHttpResult>().ProblemDetails.Title!.ShouldContain(place);
    }

    private static Task<IResult> ReadAsync(byte[] bytes) => ModelBody.ReadAsync(
        new DefaultHttpContext { Request = { ContentType = "application/yaml", Body = new MemoryStream(bytes) } }.Request,
        body => Task.FromResult(body.Text), text => TypedResults.Ok(text));
}
