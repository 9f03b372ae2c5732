using Microsoft.Playwright;

namespace DeployHub.BrowserTests;

/// <summary>One page in a browser of its own, and what that browser complained about in it.</summary>
public sealed class Tab : IAsyncDisposable
{
    /// <summary>htmx reports a request as given up when the page is left meanwhile; what fails is reported by other names, too.</summary>
    private static readonly string[] GivenUp = ["htmx:sendAbort", "htmx:afterRequest"];

    private readonly List<string> _complaints = [];

    public Tab(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning" && !Array.Exists(GivenUp, message.Text.StartsWith), message.Text);
        page.PageError += (_, error) => Note(true, error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints) return [.. _complaints];
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Note(bool matters, string text)
    {
        if (!matters) return;
        lock (_complaints) _complaints.Add(text);
    }
}
