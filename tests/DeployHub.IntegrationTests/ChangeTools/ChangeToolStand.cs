using System.Collections.Concurrent;
using System.Net;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.ChangeTools;

/// <summary>Speaks as ServiceNow and Jira do about the changes that it was given, and misbehaves about some.</summary>
internal sealed class ChangeToolStand : IAsyncDisposable
{
    private readonly TestHttp _http;

    public ChangeToolStand() => _http = new TestHttp(AnswerAsync);

    public string Url => _http.Url;

    /// <summary>By number: the state, which ServiceNow writes as people read it.</summary>
    public ConcurrentDictionary<string, string> States { get; } = [];

    /// <summary>How it misbehaves about a number.</summary>
    public ConcurrentDictionary<string, string> Faults { get; } = [];

    public IEnumerable<string> Asked => _http.Asked;

    public async ValueTask DisposeAsync() => await _http.DisposeAsync();

    private async Task<(int Status, string Body)> AnswerAsync(HttpListenerContext context)
    {
        context.Response.ContentType = "application/json";
        var address = context.Request.Url!;
        var isJira = address.AbsolutePath.StartsWith("/rest/api/2/issue/", StringComparison.Ordinal);
        var number = isJira ? address.Segments[^1] : context.Request.QueryString["sysparm_query"]!.Replace("number=", "", StringComparison.Ordinal);
        switch (Faults.GetValueOrDefault(number))
        {
            case "401": return (401, "{}");
            case "429":
                context.Response.Headers["Retry-After"] = "600";
                return (429, "{}");
            case "page":
                context.Response.ContentType = "text/html";
                return (200, "<html>Sign in</html>");
            case "redirect":
                context.Response.RedirectLocation = "https://sign-in.example.com/";
                return (302, "");
            case "huge": return (200, $$"""{"result":[],"more":"{{new string('A', 300 * 1024)}}"}""");
            case "hang":
                await Task.Delay(TimeSpan.FromSeconds(30));
                return (200, "{}");
            case "elsewhere": return (404, """{"status":404,"error":"Not Found","path":"/api/now/table/change_request"}""");
            case "either": return (404, """{"error":{"message":"Kein Datensatz gefunden","detail":null},"status":"failure"}""");
            case "gone": return (404, """{"error":{"message":"No Record found","detail":"Nothing to see"},"status":"failure"}""");
            case "other": return (200, """{"hello":"world"}""");
            default: return isJira ? Issue(number) : Request(number);
        }
    }

    private (int Status, string Body) Issue(string key) => States.TryGetValue(key, out var status)
        ? (200, $$"""{"key":"{{key}}","fields":{"summary":"Shop 2.0","status":{"name":"{{status}}"} } }""")
        : (404, """{"errorMessages":["Issue does not exist"]}""");

    private (int Status, string Body) Request(string number) => States.TryGetValue(number, out var state)
        ? (200, $$"""{"result":[{"number":{"display_value":"{{number}}","value":"{{number}}"},"sys_id":{"value":"a1"},"state":{"display_value":"{{state}}","value":"-2"},"approval":{"value":"approved"},"short_description":{"value":"Shop 2.0"},"start_date":{"value":"2020-01-01 10:00:00"},"end_date":{"value":"2020-01-01 12:00:00"} }]}""")
        : (200, """{"result":[]}""");
}
