using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Features.Inventory;

namespace DeployHub.Web.Api;

/// <summary>A test report as a body: JUnit's XML as it is, or the numbers as JSON, by its content type.</summary>
internal static class TestReportBody
{
    private static readonly Error NotAReport =
        new(ErrorKind.Invalid, "request.not-a-test-report", "Send the JUnit document as it is, with Content-Type: application/xml, or the numbers of tests as application/json.");

    private static readonly Error TooLarge = new(ErrorKind.Invalid, "request.too-large", $"A test report has at most {JUnitReport.MostBytes / 1024 / 1024} MiB.");

    /// <param name="Suite">Such as <c>unit</c>.</param>
    /// <param name="Digest">What was tested.</param>
    internal sealed record Said(string Suite, string Digest, string? Link = null, DateTimeOffset? RanAt = null);

    public static async Task<IResult> ReadAsync(HttpRequest request, Said said, string component, string label, Func<ReportTests, Task<IResult>> send)
    {
        var command = new ReportTests(component, label, said.Suite, said.Digest, Link: said.Link, RanAt: said.RanAt);
        if (request.HasJsonContentType()) return await NumbersAsync(request, numbers => send(command with { Numbers = numbers }));
        if (request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not ("application/xml" or "text/xml")) return ResultToHttp.Problem(NotAReport, StatusCodes.Status415UnsupportedMediaType);

        using var document = new MemoryStream();
        await request.Body.CopyToAsync(document, request.HttpContext.RequestAborted); // the server ends what is too large
        return document.Length > JUnitReport.MostBytes ? ResultToHttp.Problem(TooLarge, StatusCodes.Status413PayloadTooLarge) : await send(command with { JUnit = document.ToArray() });
    }

    private static async Task<IResult> NumbersAsync(HttpRequest request, Func<ReportTests.Counted, Task<IResult>> send)
    {
        try
        {
            return await request.ReadFromJsonAsync<ReportTests.Counted>(request.HttpContext.RequestAborted) is { } numbers ? await send(numbers) : ResultToHttp.Problem(NotAReport);
        }
        catch (JsonException exception)
        {
            return ResultToHttp.Problem(JsonSentences.Of(exception, typeof(ReportTests.Counted)));
        }
    }
}
