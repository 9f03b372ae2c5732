using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>A CMDB follows in its own time, so it is asked again until it says so or the time is over.</summary>
internal sealed class CheckCmdbVerifier(IHttpClientFactory clients, Masker masker, TimeProvider clock) : StepExecutor<CheckCmdb>
{
    /// <summary>Sends headers nowhere but where the step says, and keeps no cookie.</summary>
    public const string Client = "cmdb";

    private const int LongestShown = 200;

    protected override async Task<StepOutcome> ExecuteAsync(CheckCmdb settings, StepContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<Evidence> evidence = [];
        var asking = await Asking.UntilGoodAsync(clock, settings.Within, Duration.Of(settings.Every), async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.Url);
            foreach (var (name, value) in settings.Headers ?? new Dictionary<string, string>())
                if (!request.Headers.TryAddWithoutValidation(name, value)) return $"cannot be asked with the header {name}";
            var answer = await HttpAnswer.GetAsync(clients.CreateClient(Client), request, cancellationToken);
            context.Log.Write(LogStream.Out, $"GET {settings.Url}: {answer.Trouble ?? $"{answer.Status}"}");
            if (answer is { Status: 301 or 302 or 303 or 307 or 308, Location: { } location }) return $"leads to {HostOf(location, request.RequestUri!)}, and what it is asked with is sent nowhere else";
            if (answer.Objection(null, null) is { } refusal) return refusal;

            (var objection, evidence) = Compare(settings.Expect, answer.Body);
            return objection;
        }, cancellationToken);
        if (asking.Objection is null) return new StepOutcome.Succeeded(evidence);

        var sentence = $"The CMDB at {settings.Url} {asking.Objection.TrimEnd('.')}, within {settings.Within}.";
        context.Log.Write(LogStream.Error, sentence);
        return new StepOutcome.Failed(sentence, HaltCause.CmdbUpdateFailed) { Evidence = evidence };
    }

    private static string HostOf(Uri location, Uri asked) => location is { IsAbsoluteUri: true, Host.Length: > 0 } ? location.Host : asked.Host;

    private (string? Objection, IReadOnlyList<Evidence> Evidence) Compare(IReadOnlyDictionary<string, string> expect, string body)
    {
        var seen = expect.Select(expected => (At: expected.Key, Wanted: expected.Value, Found: JsonPointer.Find(body, expected.Key))).ToList();
        var differences = seen.Where(value => value.Found != value.Wanted).Select(value => value.Found is { } found ? $"says {Shown(found)} at {value.At} instead of {Shown(value.Wanted)}" : $"says nothing at {value.At}").ToList();
        return (differences.Count == 0 ? null : Words.List(differences.Take(3)), [.. seen.Where(value => value.Found is not null).Select(value => new Evidence(value.At, Shown(value.Found!)))]);
    }

    /// <summary>Masked before it is cut: half a secret could not be found any more.</summary>
    private string Shown(string value) => value.Length == 0 ? "nothing" : Words.Beginning(Printable.Of(masker.Mask(value)).ReplaceLineEndings(" "), LongestShown);
}
