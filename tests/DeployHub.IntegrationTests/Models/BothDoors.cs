using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Asks for the same thing through a page and through the API, as one person, and compares how it is refused.</summary>
internal sealed partial class BothDoors(TestBrowser browser, HttpClient api) : IDisposable
{
    public static async Task<BothDoors> OpenAsync(TestHub hub, TestPerson person) => new(await hub.BrowserFor(person), await (await hub.BrowserFor(person)).ForApiAsync());

    /// <summary>
    /// Refused with the same sentence, at the same field: the page names it as <paramref name="form"/> and its own name, and leads to it. Answers the
    /// sentence.
    /// </summary>
    /// <param name="form">Of the page, such as <c>Closing</c>.</param>
    /// <param name="field">As the API names it; null for a refusal of the whole.</param>
    /// <param name="shown">As the page names it, where its form does not have that field.</param>
    public async Task<string> RefuseAsync(
        (string Address, string? Handler, (string Name, string Value)[] Fields) page, (string Address, object Body) call, string code, string? field, string form, string? shown = null)
    {
        var problem = await ProblemAsync(call.Address, call.Body);
        problem.GetProperty("code").GetString().ShouldBe(code, problem.ToString());
        var said = field is null ? problem.GetProperty("title").GetString()! : problem.GetProperty("errors").GetProperty(field)[0].GetString()!;

        using var answer = await browser.Submit(page.Address, page.Handler, page.Fields);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{said} {answer.Headers.Location}");
        var refusal = Refusal().Match(html).Value;
        refusal.ShouldContain(said, customMessage: html.Contains(said, StringComparison.Ordinal) ? "It is not said at the top." : refusal);
        if (field is not null) refusal.ShouldContain($"href=\"#{form}_{shown ?? $"{char.ToUpperInvariant(field[0])}{field[1..]}"}\"");
        foreach (var (name, value) in page.Fields.Where(typed => typed.Value.Length < 200 && typed.Value.AsSpan().ContainsAny(' ', '@'))) html.ShouldContain(value.Split('\n')[0], customMessage: $"{name} was typed, and is lost.");
        return said;
    }

    /// <summary>Both say that it is not there, or that somebody else may do it.</summary>
    public async Task RefuseAsync((string Address, string? Handler, (string Name, string Value)[] Fields) page, (string Address, object Body) call, HttpStatusCode status)
    {
        using var told = await api.PostAsJsonAsync(call.Address, call.Body);
        told.StatusCode.ShouldBe(status);
        using var answer = await browser.Post(page.Handler is null ? page.Address : $"{page.Address}?handler={page.Handler}", TestBrowser.TokenIn(await browser.Read("/reviews")), page.Fields);
        answer.StatusCode.ShouldBe(status);
    }

    private async Task<JsonElement> ProblemAsync(string address, object body)
    {
        using var answer = await api.PostAsJsonAsync(address, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeFalse(text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public void Dispose()
    {
        browser.Dispose();
        api.Dispose();
    }

    [GeneratedRegex("<div class=\"refusal\".*?</ul>", RegexOptions.Singleline)]
    private static partial Regex Refusal();
}
