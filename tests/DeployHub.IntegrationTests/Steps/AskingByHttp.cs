using System.Net;
using System.Net.Sockets;
using System.Text;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class AskingByHttp
{
    [Fact]
    public async Task A_body_without_an_end_ends_with_the_time_of_the_client()
    {
        var answer = await AskAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

        (answer.Status, answer.Trouble).ShouldBe((null, "gave no answer in time"));
    }

    [Fact]
    public async Task What_it_shows_of_a_body_can_be_stored()
    {
        var body = $"a\0b {new string('x', 195)}😀 and more";
        var answer = await AskAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

        answer.Summary.ShouldBe($"200 ab {new string('x', 195)} …");
    }

    private static async Task<HttpAnswer> AskAsync(string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{listener.LocalEndpoint}/");
        var asking = HttpAnswer.GetAsync(http, request, CancellationToken.None);
        using var asked = await listener.AcceptTcpClientAsync();
        await asked.GetStream().WriteAsync(Encoding.UTF8.GetBytes(says));
        return await asking;
    }
}
