using System.Collections.Concurrent;
using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckPageVerifier(PageReader pages, Masker masker, TimeProvider clock) : StepExecutor<CheckPage>
{
    private const int AskedAtOnce = 4;
    private const int MostNamed = 3; // of what does not answer

    protected override async Task<StepOutcome> ExecuteAsync(CheckPage settings, StepContext context, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) return new StepOutcome.Failed($"“{settings.Url}” is no address: begin with http:// or https://.");

        IReadOnlyList<Evidence> evidence = [];
        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async _ =>
        {
            (var objection, evidence) = await LookAsync(url, settings, context, cancellationToken);
            return objection;
        }, cancellationToken);
        if (asking.Objection is null) return new StepOutcome.Succeeded(evidence);

        var sentence = $"The page {settings.Url} {asking.Objection.TrimEnd('.')}, within {settings.Within}.";
        context.Log.Write(LogStream.Error, sentence);
        return new StepOutcome.Failed(sentence, HaltCause.HealthCheckFailed) { Evidence = evidence };
    }

    private async Task<(string? Objection, IReadOnlyList<Evidence> Evidence)> LookAsync(Uri url, CheckPage settings, StepContext context, CancellationToken cancellationToken)
    {
        var (answer, at) = await pages.FollowAsync(url, cancellationToken);
        var shown = at == url ? settings.Url : WithoutQuery(at);
        context.Log.Write(LogStream.Out, $"GET {shown}: {answer.Trouble ?? answer.Status?.ToString(CultureInfo.InvariantCulture)}");
        List<Evidence> evidence = [new("Status", answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "none"), .. at == url ? [] : new[] { new Evidence("Led to", shown) }];
        if (answer.Objection(settings.ExpectStatus, null) is { } refusal) return (refusal, evidence);
        if (answer.ContentType is { } type && !type.Contains("html", StringComparison.OrdinalIgnoreCase)) return ($"is no page but {type}", evidence);
        if (answer.IsCut) return ("is larger than the 1 MiB that is read of it", evidence);

        var page = PageReader.Read(answer.Body, at);
        evidence.Add(new Evidence("Title", page.Title.Length > 0 ? Words.Beginning(masker.Mask(page.Title), 200) : "none"));
        if (Objection(page, settings) is { } objection) return (objection, evidence);

        var (asked, broken) = await AskAsync([.. page.Assets.Take(settings.Assets), .. page.Links.Take(settings.Links)], cancellationToken);
        evidence.Add(new Evidence("Assets and links that answered", $"{asked - broken.Count} of {asked} asked; the page names {page.Assets.Count + page.Links.Count} of its own site"));
        return (broken.Count == 0 ? null : $"needs or links to {Words.List(broken.Take(MostNamed).Select(one => $"{one.Url.PathAndQuery} ({one.Trouble})"))}{(broken.Count > MostNamed ? $" and {broken.Count - MostNamed} more" : "")}", evidence);
    }

    /// <summary>A redirect may carry a session or a token there, which no worker knows.</summary>
    internal static string WithoutQuery(Uri at) => at.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string? Objection(ReadPage page, CheckPage settings)
    {
        if (settings.Title is { } title && !page.Title.Contains(PageReader.OneSpaced(title), StringComparison.Ordinal)) return $"is called “{Words.Beginning(page.Title, 100)}”, without “{title}”";
        if ((settings.Must ?? []).FirstOrDefault(text => !page.Text.Contains(PageReader.OneSpaced(text), StringComparison.Ordinal)) is { } missing) return $"does not say “{missing}”";
        return (settings.MustNot ?? []).FirstOrDefault(text => page.Text.Contains(PageReader.OneSpaced(text), StringComparison.Ordinal)) is { } wrong ? $"says “{wrong}”" : null;
    }

    private async Task<(int Asked, IReadOnlyList<(Uri Url, string Trouble)> Broken)> AskAsync(IReadOnlyList<Uri> urls, CancellationToken cancellationToken)
    {
        var broken = new ConcurrentBag<(int Place, Uri Url, string Trouble)>();
        await Parallel.ForEachAsync(urls.Index(), new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken }, async (asked, visit) =>
        {
            var answer = await pages.AskAsync(asked.Item, visit);
            if (answer.Status is not (>= 200 and < 400)) broken.Add((asked.Index, asked.Item, answer.Trouble ?? $"{answer.Status}")); // where it leads to is asked by whoever follows
        });
        return (urls.Count, [.. broken.OrderBy(one => one.Place).Select(one => (one.Url, one.Trouble))]);
    }
}
