using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>A line that must not be there fails at once; one that must be is waited for. What could not be read whole proves nothing.</summary>
internal sealed partial class CheckLogsVerifier(LogReader logs, Masker masker, TimeProvider clock) : StepExecutor<CheckLogs>
{
    private const int LongestShown = 200;
    private const int MostLogged = 5; // lines of each pattern
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task<StepOutcome> ExecuteAsync(CheckLogs settings, StepContext context, CancellationToken cancellationToken)
    {
        var patterns = LogPatterns.Of(settings);
        if (patterns.Error is { } malformed) return new StepOutcome.Failed(malformed.Message);

        var since = settings.Last is { } last ? clock.GetUtcNow() - Duration.Of(last) : context.ExecuteBeganAt ?? context.StartedAt;
        StepOutcome outcome = PeopleOnly.Outcome("Logs");
        try
        {
            await Asking.UntilGoodAsync(clock, settings.Within, Pause, async _ =>
            {
                (outcome, var isSettled) = await LookAsync(settings, patterns.Value, since, context, cancellationToken);
                return isSettled ? null : "";
            }, cancellationToken);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
        catch (RegexMatchTimeoutException)
        {
            return new StepOutcome.Inconclusive($"{Named(settings, context)} has a line that its patterns could not be compared with in time.");
        }

        if (outcome is StepOutcome.Failed failed) context.Log.Write(LogStream.Error, failed.Reason);
        return outcome;
    }

    /// <returns>Whether waiting could change nothing.</returns>
    private async Task<(StepOutcome, bool IsSettled)> LookAsync(CheckLogs settings, LogPatterns patterns, DateTimeOffset since, StepContext context, CancellationToken cancellationToken)
    {
        var name = Named(settings, context);
        if (await logs.ReadAsync(settings, since, context, cancellationToken) is not { } read) return (PeopleOnly.Outcome("Logs"), true);
        if (read.Error is { } why) return (new StepOutcome.Inconclusive($"{name} could not be read: {why.Message}."), false);

        var period = read.Value.Since(since);
        if (!period.IsDated) return (new StepOutcome.Inconclusive($"No line of {name} says when it was written, so nothing can be told of the time since {Time(since)}."), true);

        var found = patterns.In(period.Lines);
        IReadOnlyList<Evidence> evidence = [.. Counted(period, read.Value, since), .. found.SelectMany(Shown)];
        if (found.FirstOrDefault(matches => matches.IsTrouble) is { } trouble)
        {
            foreach (var matches in found.Where(matches => matches.IsTrouble))
                foreach (var line in matches.Lines.Take(MostLogged)) context.Log.Write(LogStream.Out, Cut(line));
            var sentence = $"{name} has {Words.Count(trouble.Lines.Count, "line")} since {Time(since)} that must not be there, with “{Words.Beginning(masker.Mask(trouble.Pattern), 60)}”: {Cut(trouble.Lines[0])}";
            return (new StepOutcome.Failed(sentence, HaltCause.HealthCheckFailed) { Evidence = evidence }, true);
        }

        if (found.FirstOrDefault(matches => matches.IsMissing) is { } missing)
        {
            var sentence = $"{name} has no line since {Time(since)} with “{Words.Beginning(masker.Mask(missing.Pattern), 60)}”, within {settings.Within}.";
            return (period.HasBeginning ? new StepOutcome.Failed(sentence, HaltCause.HealthCheckFailed) { Evidence = evidence } : Unseen(name, settings, read.Value), false);
        }

        return settings.MustNot is { Count: > 0 } && !period.HasBeginning ? (Unseen(name, settings, read.Value), true) : (new StepOutcome.Succeeded(evidence), true);
    }

    /// <summary>What begins later than the time that is asked for proves nothing of what was written before.</summary>
    private static StepOutcome.Inconclusive Unseen(string name, CheckLogs settings, LogText read) => new(read switch
    {
        { LeftOut: { } closed } => $"{name} was rotated to {Printable.Of(closed)}, which could not be read, so its beginning was not seen. Only text and gzip are read; look at a shorter time (last), or rotate without another compression.",
        { Rotated: { } rotated, BeginsALine: true } => $"{name} was rotated to {Printable.Of(rotated)}, which begins within the time that is looked at, so its beginning was not seen. Look at a shorter time (last).",
        _ => $"{name} has grown by more than the {settings.MostKiB.ToString(CultureInfo.InvariantCulture)} KiB that are read of it, so its beginning was not seen. Read more (mostKiB), or look at a shorter time (last).",
    });

    private static IEnumerable<Evidence> Counted(LogPeriod period, LogText text, DateTimeOffset since)
    {
        yield return new Evidence($"Lines since {Time(since)}", period.Lines.Count.ToString(CultureInfo.InvariantCulture));
        if (text.Rotated is { } rotated) yield return new Evidence("Rotated to", rotated);
    }

    private IEnumerable<Evidence> Shown(LogMatches matches)
    {
        var pattern = Words.Beginning(masker.Mask(matches.Pattern), 60);
        yield return new Evidence($"Lines with “{pattern}”", matches.Lines.Count.ToString(CultureInfo.InvariantCulture));
        if (matches.Lines.Count > 0) yield return new Evidence($"The first with “{pattern}”", Cut(matches.Lines[0]));
    }

    /// <summary>Masked before it is cut: half a secret could not be found any more.</summary>
    private string Cut(string line)
    {
        var shown = WithoutNamedSecrets(Printable.Of(masker.Mask(line)).Replace('\t', ' ').Trim());
        return PlainSecrets.In("line", shown) is not null ? "(not shown: it looks as if it held a password or key)" : Words.Beginning(shown, LongestShown);
    }

    /// <summary>What a program writes down under such a name is a secret that no worker knows; in quotes it may have spaces.</summary>
    internal static string WithoutNamedSecrets(string line) => NamedSecret().Replace(line, "$1***");

    [GeneratedRegex("((?:passw(?:or)?d|passphrase|secret|token|api[-_ ]?key)[\"']?\\s*[=:]\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"?|'(?:[^'\\\\]|\\\\.)*'?|[^\\s\"',;&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex NamedSecret();

    private static string Named(CheckLogs settings, StepContext context) => settings.Unit is { } unit ? $"The journal of {unit} on {context.Subject}" : $"The log {settings.File} on {context.Subject}";

    private static string Time(DateTimeOffset since) => $"{since.UtcDateTime:HH:mm:ss} UTC";
}
