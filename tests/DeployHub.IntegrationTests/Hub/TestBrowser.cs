using System.Net;
using System.Text.RegularExpressions;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>Keeps cookies and posts forms with their antiforgery token, as a browser without script does. Follows no redirect by itself.</summary>
public sealed partial class TestBrowser(HttpClient client) : IDisposable
{
    public HttpClient Client { get; } = client;

    /// <summary>The page's HTML; the test fails unless the answer is 200.</summary>
    public async Task<string> Read(string path)
    {
        using var answer = await Client.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"GET {path}{(answer.Headers.Location is { } location ? $" leads to {location}" : "")}: {Excerpt(html)}");
        return html;
    }

    public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(path);

    /// <summary>Opens a page and posts a form to it, or to one of its handlers: <c>Submit("/admin/people", "Invite", ("Invite.Email", "…"))</c>.</summary>
    public async Task<HttpResponseMessage> Submit(string path, string? handler, params (string Name, string Value)[] fields) =>
        await Post(handler is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}handler={handler}", TokenIn(await Read(path)), fields);

    public Task<HttpResponseMessage> Post(string path, string token, params (string Name, string Value)[] fields) => Client.PostAsync(
        path, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

    /// <summary>Fails the test when it does not work out.</summary>
    public async Task SignInAsync(string email, string password)
    {
        using var answer = await Submit("/sign-in", null, ("Email", email), ("Password", password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, Excerpt(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>The same cookies for the API: writes carry the antiforgery header, as a page's script would send it.</summary>
    public async Task<HttpClient> ForApiAsync()
    {
        Client.DefaultRequestHeaders.Add("X-Antiforgery", TokenIn(await Read("/")));
        return Client;
    }

    public void Dispose() => Client.Dispose();

    public static string TokenIn(string html) => WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value) is { Length: > 0 } token ? token : throw new InvalidOperationException("The page has no form.");

    private static string Excerpt(string html) => WebUtility.HtmlDecode(Space().Replace(Tag().Replace(html, " "), " ")) is { Length: > 600 } text ? text[..600] : html;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
