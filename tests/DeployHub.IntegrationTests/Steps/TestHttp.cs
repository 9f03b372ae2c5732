using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A small HTTP server of the test's own that remembers what it was asked.</summary>
internal sealed class TestHttp : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<HttpListenerContext, Task<(int Status, string Body)>> _answer;
    private readonly Task _serving;

    public TestHttp(Func<HttpListenerContext, Task<(int Status, string Body)>> answer)
    {
        _answer = answer;
        (_listener, Port) = Listen();
        _serving = ServeAsync();
    }

    /// <summary>Another process of the machine may take a port that was free a moment ago.</summary>
    private static (HttpListener Listener, int Port) Listen()
    {
        for (var tries = 1; ; tries++)
        {
            var (listener, port) = (new HttpListener(), FreePort.Next());
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (tries < 5)
            {
                listener.Close();
            }
        }
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Method, path and body of each request.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            Asked.Enqueue($"{context.Request.HttpMethod} {context.Request.RawUrl}");
            var (status, body) = await _answer(context);
            context.Response.StatusCode = status;
            var bytes = Encoding.UTF8.GetBytes(body);
            context.Response.ContentLength64 = bytes.Length; // in chunks an empty body ends twice, and the second end is taken for the beginning of the next answer
            if (bytes.Length > 0) await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // whoever asked has gone
        }
    }
}
