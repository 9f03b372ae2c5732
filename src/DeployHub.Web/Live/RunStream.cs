using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Runs;
using Mediator;

namespace DeployHub.Web.Live;

/// <summary>
/// The live run page as server-sent events: <c>state</c> says that the page's fragment should be read again, <c>log</c> brings new lines as
/// HTML. The id of each event says how far the reader is (<c>events.lines</c>), so that a reader who comes back misses nothing and no
/// node has to be the right one.
/// </summary>
internal static class RunStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200); // a reader hears of a hundred changes in one breath as of one
    private static readonly TimeSpan PauseForEachTarget = TimeSpan.FromMilliseconds(5); // a fleet's page takes its time to be made and drawn
    private const int LinesAtOnce = 500;

    private static TimeSpan Now => TimeSpan.FromMilliseconds(System.Environment.TickCount64);

    public static void AddLive(this IServiceCollection services) =>
        services.AddSingleton<LiveRuns>().AddHostedService(provider => provider.GetRequiredService<LiveRuns>());

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/live/runs/{number}/{n:int}", async (string number, int n, HttpContext http, ISender sender, Caller caller, LiveRuns live, CancellationToken cancellationToken) =>
            (await sender.Send(new ShowRun($"{number}/R{n}", Briefly: true), cancellationToken)).Match<IResult>(
                run => TypedResults.ServerSentEvents(ReadAsync(run, Position.Of(http, run), caller.May(Permission.ViewLogs), http.RequestServices, live, cancellationToken)),
                _ => TypedResults.NotFound()))
            .RequireAuthorization(nameof(Permission.ViewDeployments)).ExcludeFromDescription();

    private static async IAsyncEnumerable<SseItem<string>> ReadAsync(
        ShowRun.View run, Position position, bool withLog, IServiceProvider services, LiveRuns live, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = live.Open(run.Id);
        var between = Pause + PauseForEachTarget * run.Targets.Count;
        TimeSpan? told = null;
        while (true)
        {
            var sender = services.GetRequiredService<ISender>();
            IReadOnlyList<ListLogLines.Row> lines;
            while (withLog && (lines = await sender.Send(new ListLogLines(run.Name, position.Lines, null, LinesAtOnce), cancellationToken)).Count > 0)
            {
                position = position with { Lines = lines[^1].Id };
                yield return new SseItem<string>(Html(lines), "log") { EventId = position.ToString() };
            }

            var isTooSoon = Now < told + between;
            var events = isTooSoon ? [] : await sender.Send(new ListRunEvents(run.Name, position.Events), cancellationToken);
            if (events.Count > 0)
            {
                (position, told) = (position with { Events = events[^1].Number }, Now);
                yield return new SseItem<string>(position.ToString(), "state") { EventId = position.ToString() };
            }

            await Task.Delay(Pause, cancellationToken);
            if (!await watch.WaitAsync(isTooSoon ? between : Heartbeat, cancellationToken) && !isTooSoon) yield return new SseItem<string>("", "beat") { EventId = position.ToString() };
        }
    }

    private static string Html(IReadOnlyList<ListLogLines.Row> lines)
    {
        var html = new StringBuilder();
        foreach (var line in lines)
            html.Append(CultureInfo.InvariantCulture, $"<li class=\"{Css(line.Stream)}\"><a href=\"{Href(line)}\">{line.At:HH:mm:ss.fff}</a>\t<b>{WebUtility.HtmlEncode(line.Subject)}</b> {WebUtility.HtmlEncode(line.Text)}</li>");
        return html.ToString();
    }

    /// <summary>Where a run's page shows this line among those around it.</summary>
    /// <param name="subject">Only among lines of this target; null for all.</param>
    public static string Href(ListLogLines.Row line, string? subject = null) =>
        string.Create(CultureInfo.InvariantCulture, $"?line={line.Id}{(subject is null ? "" : $"&subject={Uri.EscapeDataString(subject)}")}#L{line.Id}");

    public static string Css(short stream) => stream switch { 1 => "error", 2 => "meta", _ => "" };

    /// <summary>How far a reader is.</summary>
    private sealed record Position(int Events, long Lines)
    {
        /// <summary>Where the browser was when it lost the connection, else where the page says it is, else now.</summary>
        public static Position Of(HttpContext http, ShowRun.View run)
        {
            var parts = (http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : http.Request.Query["after"].LastOrDefault() ?? "").Split('.');
            return parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var events) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var lines)
                ? new Position(events, lines)
                : new Position(run.Events, 0);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Events}.{Lines}");
    }
}
