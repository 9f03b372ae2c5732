using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Pipeline;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Tests of refusals share one hub: they change nothing, so no one sees the others.</summary>
[CollectionDefinition(nameof(Doors))]
public sealed class Doors : ICollectionFixture<TestHub>;

/// <summary>
/// Somebody at the page and at the API with the same wrong input. Both have to refuse it with the same code and sentence and name the same field; the page
/// shows its form again with what was typed; nothing is stored.
/// </summary>
internal sealed class BothDoors : IDisposable
{
    private readonly TestBrowser _browser;
    private readonly HttpClient _api;
    private readonly string _token;
    private readonly Contents _contents;

    private BothDoors(TestHub hub, TestBrowser browser, HttpClient api, string token) => (_contents, _browser, _api, _token) = (new Contents(hub), browser, api, token);

    public static async Task<BothDoors> OfAsync(TestHub hub, Role role) => await OfAsync(hub, await hub.PersonFor(role));

    public static async Task<BothDoors> OfAsync(TestHub hub, TestPerson person)
    {
        var browser = await hub.BrowserFor(person);
        var api = await browser.ForApiAsync();
        return new BothDoors(hub, browser, api, api.DefaultRequestHeaders.GetValues("X-Antiforgery").Single());
    }

    /// <summary>A page without an account; the API of whoever records the same by hand.</summary>
    /// <param name="page">That has a form.</param>
    public static async Task<BothDoors> OfGuestAsync(TestHub hub, string page, Role recorder)
    {
        var browser = hub.Browser();
        return new BothDoors(hub, browser, await hub.ClientFor(recorder), TestBrowser.TokenIn(await browser.Read(page)));
    }

    /// <summary>Fails with everything that is wrong with any row.</summary>
    public async Task RefuseAlikeAsync(params Refusal[] catalogue)
    {
        List<string> faults = [];
        var before = await _contents.ReadAsync();
        foreach (var row in catalogue)
        {
            faults.AddRange((await FaultsOfAsync(row)).Select(fault => $"{row.Case}: {fault}"));
            var after = await _contents.ReadAsync();
            faults.AddRange(Contents.Differing(before, after).Select(table => $"{row.Case}: {table} was changed"));
            before = after;
        }

        faults.ShouldBeEmpty(string.Join('\n', faults));
    }

    public void Dispose()
    {
        _browser.Dispose();
        _api.Dispose();
    }

    private async Task<IReadOnlyList<string>> FaultsOfAsync(Refusal row)
    {
        using var answer = await _browser.Post(row.Form.Action, _token, row.Form.Fields);
        var html = await answer.Content.ReadAsStringAsync();
        var problem = row.Request is null ? null : await AskAsync(row.Request);
        List<string> faults = [];
        if (problem is { } refused && refused.Code != row.Code) faults.Add($"the API says {refused.Code} “{refused.Title}” instead of {row.Code}");

        if (row.Field is null && row.Code.EndsWith(".not-found", StringComparison.Ordinal)) return answer.StatusCode is HttpStatusCode.NotFound ? faults : [.. faults, $"the page answers {(int)answer.StatusCode} instead of 404"];
        if (row.Code == "access.not-permitted" && answer.StatusCode is HttpStatusCode.Forbidden) return faults;
        if (answer.StatusCode is not HttpStatusCode.OK) return [.. faults, $"the page answers {(int)answer.StatusCode}{(answer.Headers.Location is { } to ? $" to {to}" : "")}"];
        return [.. faults, .. FaultsOf(new RefusedPage(html), row, problem)];
    }

    private static IEnumerable<string> FaultsOf(RefusedPage page, Refusal row, Problem? problem)
    {
        if (row.Code != Error.InvalidInput && !page.HasCode(row.Code)) yield return $"the page does not say {row.Code}; it says “{page.Words}”";
        if (row.Code != Error.InvalidInput && problem is not null && !page.Says(problem.Title)) yield return $"the page does not say “{problem.Title}”; it says “{page.Words}”";
        foreach (var sentence in (problem?.Errors.Values ?? []).SelectMany(sentences => sentences).Where(sentence => !page.Says(sentence))) yield return $"the page does not say “{sentence}”; it says “{page.Words}”";
        foreach (var id in page.Leads.Where(id => !page.Has(id))) yield return $"the page leads to #{id}, which it does not have";
        if (row.Field is { } field && !page.Leads.Contains(RefusedPage.IdOf(field))) yield return $"the page does not lead to {field}";
        if (row is { KeepsTyped: true, Field: { } sent } && page.Has(RefusedPage.IdOf(sent)) && !page.IsInForm(row.Form.Handler, RefusedPage.IdOf(sent))) yield return $"the page leads to {sent} of another form";
        if (row.Field is { } named && problem is not null && !problem.Errors.Keys.Any(key => row.ApiField is { } other ? key == other : named.EndsWith(key.Replace("plan.", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)))
            yield return $"the API names {(problem.Errors.Count == 0 ? "no field" : string.Join(", ", problem.Errors.Keys))} where the page has {named}";
        foreach (var (name, value) in row.Code == Conflicts.ChangedMeanwhile.Code ? row.Form.Fields.Where(sent => sent.Name.EndsWith("Seen", StringComparison.Ordinal)) : [])
            if (page.SendsAgain(row.Form.Handler, name, value)) yield return $"the page sends {value} as {name} again, which is refused again";
        foreach (var (name, typed) in row.KeepsTyped ? row.Form.Typed : [])
            if (page.FaultOf(row.Form.Handler, name, typed) is { } fault) yield return $"the page {fault}";
    }

    private async Task<Problem> AskAsync(Request request)
    {
        using var message = new HttpRequestMessage(request.Method, $"/api/v1{request.Path}");
        if (request.Body is not null) message.Content = request.Body is string document ? new StringContent(document, Encoding.UTF8, "application/yaml") : JsonContent.Create(request.Body);
        if (request.Seen is { } seen) message.Headers.IfMatch.ParseAdd($"\"{seen}\"");
        using var answer = await _api.SendAsync(message);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.Content.Headers.ContentType?.MediaType is "application/problem+json" ? Problem.Of(JsonSerializer.Deserialize<JsonElement>(body)) : new Problem($"{(int)answer.StatusCode}", body, new Dictionary<string, string[]>());
    }

    private sealed record Problem(string Code, string Title, IReadOnlyDictionary<string, string[]> Errors)
    {
        public static Problem Of(JsonElement problem) => new(
            problem.TryGetProperty("code", out var code) ? code.GetString()! : "no code", problem.GetProperty("title").GetString()!,
            problem.TryGetProperty("errors", out var errors) ? errors.Deserialize<Dictionary<string, string[]>>()! : []);
    }
}
