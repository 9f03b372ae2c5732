using System.Globalization;
using System.Net.Http.Headers;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckBackupVerifier(OnTarget target, IHttpClientFactory clients, PrometheusSource prometheus, TimeProvider clock) : StepExecutor<CheckBackup>
{
    /// <summary>How far two clocks may differ before an age means nothing.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    protected override async Task<StepOutcome> ExecuteAsync(CheckBackup settings, StepContext context, CancellationToken cancellationToken)
    {
        if (Duration.Parse(settings.NotOlderThan) is not { Error: null } longest) return new StepOutcome.Failed($"“{settings.NotOlderThan}” is no age: write a number and m, h or d, such as 24h.");

        try
        {
            return settings switch
            {
                { Files: { } files } => await FilesAsync(files, settings, longest.Value, context, cancellationToken),
                { Url: { } url } => Judged(await AnswerAsync(url, settings, cancellationToken), url, settings, longest.Value, context),
                _ => Judged(await MetricAsync(settings, cancellationToken), $"“{settings.Query}”", settings, longest.Value, context),
            };
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private async Task<StepOutcome> FilesAsync(string pattern, CheckBackup settings, TimeSpan longest, StepContext context, CancellationToken cancellationToken)
    {
        if (!DefinitionRules.IsPattern(pattern)) return new StepOutcome.Failed($"“{pattern}” is no path to look for backups: absolute or below the target's directory, without “..”.");
        if (await target.RunAsync(BackupFiles.Question(pattern), context, cancellationToken, isLogged: false) is not { } said) return PeopleOnly.Outcome("Backup");

        var listed = BackupFiles.Parse(said.Lines);
        var newest = listed.Files.FirstOrDefault(file => file.Bytes >= settings.MinimumKiB * 1024L);
        if (newest is null && listed.Trouble is { } trouble) return new StepOutcome.Inconclusive($"The backups {pattern} of {context.Subject} could not be listed: {trouble}.");
        if (listed.Now is not { } there || (there - clock.GetUtcNow()).Duration() > Skew) return new StepOutcome.Inconclusive($"The clock of {context.Subject} is not ours{(listed.Now is { } other ? $" but says {other:yyyy-MM-dd HH:mm} UTC" : "")}, so the age of its backups cannot be told.");

        var small = listed.Files.Count(file => file.Bytes < settings.MinimumKiB * 1024L);
        var noted = small == 0 ? "" : $"; {small} with less than {settings.MinimumKiB:N0} KiB {(small == 1 ? "counts" : "count")} as none";
        if (newest is null) return Missing($"No backup {pattern} is on {context.Subject}{noted}.", []);

        IReadOnlyList<Evidence> evidence = [new("Backup", newest.Path), new("Size KiB", (newest.Bytes / 1024).ToString(CultureInfo.InvariantCulture))];
        return Judged(newest.WrittenAt, there, $"The newest backup {newest.Path} on {context.Subject}", noted, longest, settings, evidence, context);
    }

    private async Task<(DateTimeOffset? At, string? Trouble)> AnswerAsync(string url, CheckBackup settings, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return (null, "is no address");

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (settings.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await HttpAnswer.GetAsync(clients.CreateClient("checks"), request, cancellationToken);
        if (answer.Objection(null, null) is { } objection) return (null, objection.TrimEnd('.'));

        var told = settings.Property is { } property ? JsonPointer.Find(answer.Body, property) : answer.Body;
        return told is null ? (null, $"answers nothing at {settings.Property}: {answer.Summary}")
            : ToldInstant.Parse(told) is { } at ? (at, null)
            : (null, $"tells no time, as ISO 8601 with its offset or as seconds since 1970: {answer.Summary}");
    }

    private async Task<(DateTimeOffset? At, string? Trouble)> MetricAsync(CheckBackup settings, CancellationToken cancellationToken)
    {
        var value = await prometheus.AskAsync(new MetricServer(settings.Source!, settings.Token), settings.Query!, cancellationToken);
        return value.Trouble is { } trouble ? (null, trouble) : ToldInstant.Of(value.Number) is { } at ? (at, null) : (null, "gives no time in seconds since 1970");
    }

    private StepOutcome Judged((DateTimeOffset? At, string? Trouble) told, string source, CheckBackup settings, TimeSpan longest, StepContext context) => told.At is { } at
        ? Judged(at, clock.GetUtcNow(), $"The newest backup of which {source} tells", "", longest, settings, [new Evidence("Told by", source)], context)
        : new StepOutcome.Inconclusive($"Nobody knows how old the newest backup is: {source} {told.Trouble}.");

    private static StepOutcome Judged(
        DateTimeOffset at, DateTimeOffset now, string backup, string noted, TimeSpan longest, CheckBackup settings, IReadOnlyList<Evidence> what, StepContext context)
    {
        var age = now - at;
        IReadOnlyList<Evidence> evidence = [.. what, new("Made at", $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"), new("Age", Shown(age))];
        context.Log.Write(LogStream.Out, $"{backup} is of {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (age < -Skew) return new StepOutcome.Inconclusive($"{backup} is of {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC, which has not come yet.");
        return age > longest ? Missing($"{backup} is {Shown(age)} old, and {settings.NotOlderThan} is the most{noted}.", evidence) : new StepOutcome.Succeeded(evidence);
    }

    private static StepOutcome.Failed Missing(string reason, IReadOnlyList<Evidence> evidence) => new(reason, HaltCause.BackupMissing) { Evidence = evidence };

    private static string Shown(TimeSpan age) => age.TotalDays >= 2 ? $"{age.TotalDays:0.#} d" : age.TotalHours >= 2 ? $"{age.TotalHours:0.#} h" : $"{Math.Max(0, age.TotalMinutes):0} min";
}
