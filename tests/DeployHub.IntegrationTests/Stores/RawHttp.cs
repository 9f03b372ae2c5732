using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>A server that may lie: the test writes each answer itself, byte by byte, and the connection ends after it.</summary>
internal sealed class RawHttp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Func<RawRequest, Stream, CancellationToken, Task> _answer;
    private readonly Task _serving;

    public RawHttp(Func<RawRequest, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Answers each request with a head and a body of text.</summary>
    public RawHttp(Func<RawRequest, (string Head, string Body)> answer)
        : this((request, to, _) =>
        {
            var (head, body) = answer(request);
            return WriteAsync(to, $"HTTP/1.1 {head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}", request.Method == "HEAD" ? "" : body);
        })
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    public ConcurrentQueue<RawRequest> Asked { get; } = [];

    public static async Task WriteAsync(Stream to, string head, string body = "") => await to.WriteAsync(Encoding.UTF8.GetBytes($"{head}\r\nConnection: close\r\n\r\n{body}"));

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _over.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception) when (_over.IsCancellationRequested)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                if (await RawRequest.ReadAsync(stream, _over.Token) is not { } request) return;

                Asked.Enqueue(request);
                await _answer(request, stream, _over.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // whoever asked has gone
            }
    }
}

/// <param name="Path">With the query, as it was sent.</param>
/// <param name="Headers">Names in lower case.</param>
internal sealed record RawRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>Null when nobody asked anything.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream from, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(from, Encoding.Latin1, leaveOpen: true);
        if (await reader.ReadLineAsync(cancellationToken) is not { Length: > 0 } first) return null;

        var headers = new Dictionary<string, string>();
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line) headers[line.Split(':')[0].ToLowerInvariant()] = line[(line.IndexOf(':') + 1)..].Trim();
        return new RawRequest(first.Split(' ')[0], first.Split(' ')[1], headers);
    }
}
