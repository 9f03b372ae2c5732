using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeployHub.Cli;
using DeployHub.Cli.Models;
using DeployHub.Cli.Talking;

namespace DeployHub.UnitTests.Cli;

/// <summary>What a document becomes, by what the server has of its model already.</summary>
public sealed class PushingModels : IDisposable
{
    private const string Now = "model: small\n", Other = "model: small # otherwise\n";

    private readonly StringWriter _output = new(), _error = new();
    private readonly Dictionary<string, (string Text, string Tag)> _documents = [];
    private readonly List<string> _written = [];
    private string _model = "";

    [Fact]
    public async Task What_the_version_in_use_says_already_makes_no_draft()
    {
        Has("""{"version":3,"open":null,"versions":[{"number":3,"status":"Published"},{"number":2,"status":"Superseded"}]}""", (3, Now, "7"));

        (await PushAsync(Now)).ShouldBe(ExitCode.Done);
        _output.ToString().ShouldStartWith("small v3 says the same, to the byte");
        _written.ShouldBeEmpty();
    }

    [Fact]
    public async Task So_does_what_is_in_test_or_in_use_beside_it()
    {
        Has("""{"version":3,"open":4,"versions":[{"number":4,"status":"InTest"},{"number":3,"status":"Published"}]}""", (4, Other, "9"), (3, Now, "7"));

        (await PushAsync(Now)).ShouldBe(ExitCode.Done);
        (await PushAsync(Other)).ShouldBe(ExitCode.Done);
        _written.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_new_becomes_a_draft_and_its_tag_is_told()
    {
        Has("""{"version":3,"open":null,"versions":[{"number":3,"status":"Published"}]}""", (3, Now, "7"));

        (await PushAsync(Other, seen: "7")).ShouldBe(ExitCode.Done);
        _written.ShouldBe(["POST models/small/versions", "PUT models/small/versions/4 \"40\""]);
        _error.ToString().ShouldContain("small v4, tag 41");
    }

    [Fact]
    public async Task What_was_published_since_is_not_passed_over()
    {
        Has("""{"version":3,"open":null,"versions":[{"number":3,"status":"Published"}]}""", (3, Now, "7"));

        var refusal = await Should.ThrowAsync<Refusal>(PushAsync(Other, seen: "6"));
        (refusal.ExitCode, refusal.Lines[0]).ShouldBe(
            (ExitCode.Refused, "error: small v3 has the tag 7 now, not 6: something changed since it was pulled. Pull it again, and look at what it says."));
        _written.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_draft_is_written_with_the_tag_that_was_seen()
    {
        Has("""{"version":3,"open":4,"versions":[{"number":4,"status":"Draft"},{"number":3,"status":"Published"}]}""", (4, Other, "40"), (3, Now, "7"));

        (await PushAsync(Now, seen: "39")).ShouldBe(ExitCode.Done);
        _written.ShouldBe(["PUT models/small/versions/4 \"39\""]);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private void Has(string model, params (int Number, string Text, string Tag)[] versions)
    {
        _model = model;
        foreach (var (number, text, tag) in versions) _documents[$"models/small/versions/{number}"] = (text, tag);
    }

    private async Task<int> PushAsync(string text, string? seen = null)
    {
        var screen = new Screen(_output, _error, asJson: false);
        using var hub = new Hub(Settings.Of("https://hub.example", null, 60, _ => "dhp_abcdefghijklmnop", _ => ""), new Server(Answer), screen, CancellationToken.None);
        return await PushModel.PushAsync(
            new Session(hub, screen, CancellationToken.None), new Document("small.yaml", Encoding.UTF8.GetBytes(text)), new(null, null, seen is null ? null : PushModel.TagOf(seen)));
    }

    private HttpResponseMessage Answer(string method, string path, string? seen, string body)
    {
        if (path == "models/validate") return Says("""{"mayBePublished":true,"digest":null,"remarks":[],"names":{"model":"small","name":"Small","purpose":""}}""");
        if (path == "models/small") return Says(_model);
        if (method == "GET") return Says(_documents[path].Text, _documents[path].Tag);

        _written.Add($"{method} {path} {seen}".TrimEnd());
        _documents["models/small/versions/4"] = method == "POST" ? (Now, "40") : (body, "41");
        return Says(method == "POST" ? """{"slug":"small","number":4}""" : """{"slug":"small","number":4,"digest":"","isComplete":true,"remarks":[]}""");
    }

    private static HttpResponseMessage Says(string body, string? tag = null)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) };
        if (tag is not null) answer.Headers.ETag = new EntityTagHeaderValue($"\"{tag}\"");
        return answer;
    }

    private sealed class Server(Func<string, string, string?, string, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var answered = answer(request.Method.Method, request.RequestUri!.AbsolutePath["/api/v1/".Length..], request.Headers.IfMatch.SingleOrDefault()?.Tag, body);
            answered.RequestMessage = request;
            return answered;
        }
    }
}
