using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;

namespace DeployHub.Worker.Secrets;

/// <summary>Hides every secret that was ever given out by this process, in any text that leaves it: as it is, in base64, URL-encoded, or escaped as in JSON.</summary>
public sealed class Masker : IHidesSecrets
{
    private const int ShortestSecret = 4; // hiding shorter ones would hide half of every log
    private const string Mark = "•••";

    private readonly ConcurrentDictionary<string, bool> _known = [];
    private volatile string[] _longestFirst = [];

    public void Hide(string secret)
    {
        foreach (var line in secret.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(secret).Where(line => line.Length >= ShortestSecret))
            foreach (var form in Forms(line))
                _known.TryAdd(form, true);
        _longestFirst = [.. _known.Keys.OrderByDescending(form => form.Length)];
    }

    public string Mask(string text)
    {
        foreach (var secret in _longestFirst)
            if (text.Contains(secret, StringComparison.Ordinal)) text = text.Replace(secret, Mark, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The outcome as it may be stored and shown: without secrets, and without what is no character.</summary>
    public StepOutcome Mask(StepOutcome outcome) => MaskReason(outcome) with { Outputs = outcome.Outputs?.ToDictionary(said => said.Key, said => Shown(said.Value)) };

    /// <summary>What was seen of a target as it may be stored and shown.</summary>
    public SeenFact Mask(SeenFact seen) => seen with { Fact = seen.Fact with { Name = Shown(seen.Fact.Name), File = seen.Fact.File is { } file ? Shown(file) : null, Expect = seen.Fact.Expect is { } expected ? Shown(expected) : null }, Value = seen.Value is { } value ? Shown(value) : null, Trouble = seen.Trouble is { } trouble ? Shown(trouble) : null };

    private string Shown(string text) => Printable.Of(Mask(text));

    private StepOutcome MaskReason(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Succeeded done => new StepOutcome.Succeeded([.. done.Evidence.Select(Mask)]),
        StepOutcome.Failed failed => failed with { Reason = Shown(failed.Reason), Evidence = [.. failed.Evidence.Select(Mask)] },
        StepOutcome.TimedOut late => new StepOutcome.TimedOut(Shown(late.Reason)),
        StepOutcome.StillRunning waiting => waiting with { ReportedBy = waiting.ReportedBy is { } who ? Shown(who) : null },
        StepOutcome.Observed look => new StepOutcome.Observed([.. look.Facts.Select(Mask)])
        {
            Definition = look.Definition is { } definition ? definition with { Name = Shown(definition.Name), Revision = Shown(definition.Revision) } : null,
            Evidence = [.. look.Evidence.Select(Mask)],
        },
        StepOutcome.Inconclusive unclear => new StepOutcome.Inconclusive(Shown(unclear.Reason)),
        _ => outcome,
    };

    private Evidence Mask(Evidence evidence) => new(Shown(evidence.Name), Shown(evidence.Value));

    private static IEnumerable<string> Forms(string secret) => [.. Written(secret), .. InQuotes(secret).SelectMany(Written)];

    /// <summary>How a quote is written inside a shell's quotes: tools show command lines.</summary>
    private static IEnumerable<string> InQuotes(string secret) =>
        secret.Contains('\'') ? [secret.Replace("'", "'\\''", StringComparison.Ordinal), secret.Replace("'", "'\"'\"'", StringComparison.Ordinal)] : [];

    private static IEnumerable<string> Written(string secret) =>
        [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Uri.EscapeDataString(secret), System.Net.WebUtility.HtmlEncode(secret),
            JsonEncodedText.Encode(secret).Value, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value];
}
