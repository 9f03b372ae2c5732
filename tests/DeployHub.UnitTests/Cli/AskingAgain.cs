using System.Net;
using System.Net.Http.Headers;
using DeployHub.Cli;
using DeployHub.Cli.Talking;

namespace DeployHub.UnitTests.Cli;

/// <summary>A line that breaks is tried again where nothing can happen twice, and nowhere else.</summary>
public sealed class AskingAgain : IDisposable
{
    private readonly StringWriter _said = new();

    [Fact]
    public async Task Reads_are_sent_again()
    {
        var server = new Server(Broken, Status(HttpStatusCode.ServiceUnavailable), Says("[]"));

        (await Hub(server).ReadAsync("models")).Body.ShouldBe("[]"u8.ToArray());
        server.Asked.Select(asked => asked.Address).ShouldBe(Enumerable.Repeat("https://hub.example/base/api/v1/models", 3));
        _said.ToString().ShouldContain("trying again");
    }

    [Fact]
    public async Task Moves_are_sent_again_with_their_key()
    {
        var server = new Server(Broken, StillRunning, Says("""{"key":"DEP-1"}"""));

        await Hub(server).DoAsync("deployments", new { plan = 1 });
        server.Asked.Select(asked => asked.Key).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        server.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Two_moves_have_two_keys()
    {
        var server = new Server(Says("{}"), Says("{}"));
        using var hub = Hub(server);

        await hub.DoAsync("deployments");
        await hub.DoAsync("deployments");
        server.Asked.Select(asked => asked.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task A_text_is_written_once()
    {
        var server = new Server(Broken, Says("{}"));

        (await Should.ThrowAsync<Refusal>(Hub(server).WriteAsync("models/a/versions/1", "a: b\r\n"u8.ToArray(), "\"7\""))).ExitCode.ShouldBe(ExitCode.NoAccess);
        server.Asked.ShouldHaveSingleItem().ShouldSatisfyAllConditions(asked => asked.IfMatch.ShouldBe("\"7\""), asked => asked.Body.ShouldBe("a: b\r\n"));
    }

    [Fact]
    public async Task There_is_an_end_to_it() =>
        (await Should.ThrowAsync<Refusal>(Hub(new Server(Broken, Broken, Broken)).ReadAsync("models"))).Lines[0].ShouldContain("https://hub.example/base/ cannot be reached");

    [Fact]
    public async Task A_refusal_is_final()
    {
        var server = new Server(Status(HttpStatusCode.Conflict, """{"title":"No.","code":"x"}"""));

        (await Should.ThrowAsync<Refusal>(Hub(server).DoAsync("models"))).Code.ShouldBe("x");
        server.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_does_not_follow_to_another_address()
    {
        var server = new Server(_ => new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://elsewhere.example/") } });

        (await Should.ThrowAsync<Refusal>(Hub(server).ReadAsync("models"))).Lines[0].ShouldContain("https://elsewhere.example/");
    }

    [Fact]
    public async Task A_list_is_followed_to_its_end()
    {
        var server = new Server(Says("""[{"slug":"a"}]""", "</base/api/v1/models?limit=200&after=a>; rel=\"next\""), Says("""[{"slug":"b"}]"""));

        (await Hub(server).ReadAllAsync("models")).Select(row => $"{row["slug"]}").ShouldBe(["a", "b"]);
        server.Asked[1].Address.ShouldEndWith("models?limit=200&after=a");
    }

    [Fact]
    public async Task What_is_not_there_is_nothing_and_a_wrong_address_is_not_that()
    {
        (await Hub(new Server(Status(HttpStatusCode.NotFound, """{"title":"There is none.","code":"model.not-found"}"""))).FindAsync("models/a")).ShouldBeNull();
        await Should.ThrowAsync<Refusal>(Hub(new Server(Status(HttpStatusCode.NotFound, "nginx"))).FindAsync("models/a"));
    }

    [Fact]
    public void Whoever_sends_a_token_in_the_clear_is_told()
    {
        using var hub = new Hub(At("http://hub.example"), new Server(), new Screen(_said, _said, asJson: false), CancellationToken.None);

        _said.ToString().ShouldContain("not encrypted");
    }

    public void Dispose() => _said.Dispose();

    private Hub Hub(Server server) => new(At("https://hub.example/base"), server, new Screen(_said, _said, asJson: false), CancellationToken.None)
    {
        Pauses = [TimeSpan.Zero, TimeSpan.Zero],
    };

    private static Settings At(string server) => Settings.Of(server, null, 60, _ => "dhp_abcdefghijklmnop", _ => "");

    private static HttpResponseMessage Broken(HttpRequestMessage request) => throw new HttpRequestException("Connection refused");

    private static HttpResponseMessage StillRunning(HttpRequestMessage request) => new(HttpStatusCode.Conflict)
    {
        Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero) },
        Content = new StringContent("""{"title":"Still running.","code":"idempotency-key.still-running"}"""),
    };

    private static Func<HttpRequestMessage, HttpResponseMessage> Status(HttpStatusCode status, string body = "") =>
        _ => new HttpResponseMessage(status) { Content = new StringContent(body) };

    private static Func<HttpRequestMessage, HttpResponseMessage> Says(string body, string? link = null) => _ =>
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) };
        if (link is not null) answer.Headers.Add("Link", link);
        return answer;
    };

    private sealed class Server(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public List<(string Address, string? Key, string? IfMatch, string Body)> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add((
                request.RequestUri!.ToString(), request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
                request.Headers.IfMatch.SingleOrDefault()?.Tag,
                request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            var answer = answers[Asked.Count - 1](request);
            answer.RequestMessage = request;
            return answer;
        }
    }
}
