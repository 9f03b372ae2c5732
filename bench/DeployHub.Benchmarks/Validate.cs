using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeployHub.Features.Models.Notation;

namespace DeployHub.Benchmarks;

/// <summary>A long model document read and validated, as the editor asks for at every pause in typing: by itself, and over HTTP.</summary>
internal static class Validate
{
    private const int Lines = 2000;
    private const int Rounds = 60;
    private const int LinesOfAStep = 11;

    public static async Task RunAsync()
    {
        var text = Written();
        var reading = ModelDocument.Read(text);
        if (reading.Content is null) throw new InvalidOperationException(string.Join('\n', reading.Errors.Select(error => error.Full)));

        var alone = Median(Enumerable.Range(0, Rounds + 10).Select(_ => Measured(() => ModelDocument.Read(text))));
        await using var database = await BenchDatabase.StartAsync();
        await using var product = await ProductProcess.StartAsync(await database.NewAsync());
        using var http = await product.SignedInAsync();
        http.DefaultRequestHeaders.Add("X-Antiforgery", await ProductProcess.TokenAsync(http));
        var times = new List<double>();
        for (var round = 0; round < Rounds + 10; round++) times.Add(await AskAsync(http, text));
        var asked = Median(times);

        await new Report("validate", $"How long does it take to validate a model of {text.Count(sign => sign == '\n')} lines?")
            .Add("read and validated, ms (median)", alone)
            .Add("asked over HTTP, ms (median)", asked).Goal("≤ 50 ms", asked <= 50)
            .WriteAsync();
    }

    private static string Written()
    {
        var text = new StringBuilder("""
            model: long
            name: Long
            purpose: Shows what a long document costs.
            approach: Rolling
            appliesTo: { kinds: [Hardware] }
            stages:
              verifyComponents: [{ name: Compare the manifest, uses: check-manifest, timeout: 1m }]
              verifyEnvironment: [{ name: Reach it, uses: check-reachable, timeout: 1m }]
              execute:
                phases: { batches: "10%" }
                steps:

            """);
        for (var step = 1; step <= (Lines - 15) / LinesOfAStep; step++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $$$"""
                      # Part {{{step}}} is brought to the same state however often this runs.
                      - name: Bring part {{{step}}}
                        uses: script
                        with:
                          command: [sh, -c, "bring {{{step}}} to ${target.name}"]
                          environment:
                            VERSION: ${version.label}
                            HOST: ${target.name}
                            PART: "{{{step}}}"
                        timeout: 2m
                        afterLoss: RunAgain

                """);
        return text.Append("""
              verifyDeployment: [{ name: Read it back, uses: check-version, with: { url: "http://${target.name}/version" }, timeout: 1m }]
            rollback: { method: RedeployPrevious }

            """).ToString().ReplaceLineEndings("\n");
    }

    private static double Measured(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> AskAsync(HttpClient http, string text)
    {
        var watch = Stopwatch.StartNew();
        using var body = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml"));
        using var answer = await http.PostAsync(new Uri("/api/v1/models/validate", UriKind.Relative), body);
        var said = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode is not HttpStatusCode.OK) throw new InvalidOperationException($"The validation answers {answer.StatusCode}: {said}");
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> times) => Report.Median([.. times.Skip(10)]);
}
