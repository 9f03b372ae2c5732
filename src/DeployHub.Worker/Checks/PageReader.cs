using AngleSharp.Html.Parser;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>A page as a visitor reads it.</summary>
/// <param name="At">Where the redirects led.</param>
/// <param name="Text">What stands on it, any white space as one space.</param>
/// <param name="Assets">Addresses of style sheets, scripts and pictures of the same site.</param>
/// <param name="Links">Addresses of other pages of the same site.</param>
internal sealed record ReadPage(Uri At, string Title, string Text, IReadOnlyList<Uri> Assets, IReadOnlyList<Uri> Links);

/// <summary>Fetches pages and reads them; nothing on them is run or loaded by itself.</summary>
internal sealed class PageReader(IHttpClientFactory clients)
{
    /// <summary>Follows no redirect by itself.</summary>
    public const string Client = "pages";

    private const int MostRedirects = 5;

    /// <summary>What came back where the redirects led.</summary>
    public async Task<(HttpAnswer Answer, Uri At)> FollowAsync(Uri url, CancellationToken cancellationToken)
    {
        for (var followed = 0; ; followed++)
        {
            var answer = await AskAsync(url, cancellationToken);
            if (answer.Status is not (301 or 302 or 303 or 307 or 308) || answer.Location is not { } location) return (answer, url);
            if (followed == MostRedirects) return (answer with { Trouble = $"leads on and on: more than {MostRedirects} redirects" }, url);
            if (!Uri.TryCreate(url, location, out var next) || next.Scheme is not ("http" or "https")) return (answer with { Trouble = "leads to an address that is none of HTTP" }, url);

            url = next;
        }
    }

    public async Task<HttpAnswer> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("text/html, */*;q=0.8");
        return await HttpAnswer.GetAsync(clients.CreateClient(Client), request, cancellationToken);
    }

    public static ReadPage Read(string html, Uri at)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var root = document.QuerySelector("base[href]")?.GetAttribute("href") is { } href && Uri.TryCreate(at, href, out var based) ? based : at;
        var assets = document.QuerySelectorAll("link[rel~=stylesheet][href], script[src], img[src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src"));
        var links = document.QuerySelectorAll("a[href]").Select(element => element.GetAttribute("href"));
        var (wanted, linked) = (OfThisSite(assets, root, at), OfThisSite(links, root, at).Where(link => link != WithoutFragment(at)).ToList());
        foreach (var unread in document.QuerySelectorAll("script, style, template, noscript").ToList()) unread.Remove();
        return new ReadPage(at, OneSpaced(document.Title ?? ""), OneSpaced(document.Body?.TextContent ?? ""), wanted, linked);
    }

    public static string OneSpaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Each once, in the order of the page; other sites are not ours to ask.</summary>
    private static List<Uri> OfThisSite(IEnumerable<string?> addresses, Uri root, Uri at) =>
        [.. addresses.Select(address => Uri.TryCreate(root, address, out var url) ? url : null).OfType<Uri>()
            .Where(url => url.Scheme == at.Scheme && url.Authority == at.Authority).Select(WithoutFragment).Distinct()];

    private static Uri WithoutFragment(Uri url) => new(url.GetLeftPart(UriPartial.Query));
}
