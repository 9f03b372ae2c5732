using System.Globalization;
using System.Net.Mime;
using DeployHub.Features.Runs;
using Mediator;

namespace DeployHub.Web.Api;

/// <summary>The lines a query finds as a text file, however many: read and sent a few thousand at a time.</summary>
internal sealed class LogAsText(ISender sender, ListLogLines query) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = $"{MediaTypeNames.Text.Plain}; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{query.Run.Replace('/', '-')}.log\"";

        await using var text = new StreamWriter(response.Body, leaveOpen: true);
        for (var part = await ReadAsync(0); part.Count > 0; part = await ReadAsync(part[^1].Id))
        {
            foreach (var line in part) await text.WriteAsync(TextOf(line));
            await text.FlushAsync(httpContext.RequestAborted);
        }

        async Task<IReadOnlyList<ListLogLines.Row>> ReadAsync(long after) =>
            await sender.Send(query with { After = after, Limit = ListLogLines.MostLines }, httpContext.RequestAborted);
    }

    private static string TextOf(ListLogLines.Row line) => string.Create(
        CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Subject} {line.Stage}/{line.Step}{(line.Attempt > 1 ? $"#{line.Attempt}" : "")}{Mark(line.Stream)} {line.Text}\n");

    private static string Mark(short stream) => stream switch { 1 => " error:", 2 => " DeployHub:", _ => ":" };
}
