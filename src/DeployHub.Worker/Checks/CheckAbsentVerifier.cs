using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Containers;
using Docker.DotNet;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at everything, so that all that is left is known at once. What is still there weighs more than what could not be read.</summary>
internal sealed class CheckAbsentVerifier(FactReader facts) : StepExecutor<CheckAbsent>
{
    private const int LongestReason = 900;

    protected override async Task<StepOutcome> ExecuteAsync(CheckAbsent settings, StepContext context, CancellationToken cancellationToken)
    {
        var (watched, containers) = (settings.Facts ?? [], settings.Containers ?? []);
        // the model was checked before its values were filled in
        var objections = WatchedFact.Objections(watched).Select(objection => $"The {watched[objection.Index].Subject} cannot be looked at: {objection.Sentence}").ToList();
        if (objections.Count > 0) return new StepOutcome.Failed(Words.Beginning(string.Join(' ', objections), LongestReason));
        if (containers.Count > 0 && !ContainerEngine.IsAddress(settings.Engine)) return new StepOutcome.Failed($"“{settings.Engine}” is no address of a container engine.");

        try
        {
            var seen = watched.Count == 0 ? [] : await facts.ReadAsync(watched, context, cancellationToken);
            if (seen is null) return new StepOutcome.Inconclusive($"Only people reach {context.Subject}, so nobody could look whether it is gone. Let a person look with a manual step.");

            return Verdict([.. seen.Select(Found), .. await ContainersAsync(settings.Engine, containers, cancellationToken)], context);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private static StepOutcome Verdict(IReadOnlyList<Finding> findings, StepContext context)
    {
        foreach (var finding in findings) context.Log.Write(LogStream.Out, $"{finding.Subject}: {finding.Seen ?? $"could not be read: {finding.Trouble}"}");

        var evidence = findings.Where(finding => finding.Seen is not null).Select(finding => new Evidence(finding.Subject, finding.Seen!)).ToList();
        var left = findings.Where(finding => finding is { Seen: not null, IsGone: false }).Select(finding => $"{finding.Subject} ({finding.Seen})").ToList();
        if (left.Count > 0)
            return new StepOutcome.Failed(Words.Beginning($"{context.Subject} still has {Words.List(left)}. Take it away there, or roll back.", LongestReason), HaltCause.VersionMismatchAfter) { Evidence = evidence };

        var unread = findings.Where(finding => finding.Seen is null).Select(finding => $"{finding.Subject} could not be read: {finding.Trouble}").ToList();
        return unread.Count > 0 ? new StepOutcome.Inconclusive(Words.Beginning($"{string.Join("; ", unread)}.", LongestReason)) : new StepOutcome.Succeeded(evidence);
    }

    private static Finding Found(SeenFact seen) => new(seen.Fact.Subject, seen.IsThere ? seen.Trouble : seen.Value, seen.Trouble, seen.Value is { } value && IsGone(seen.Fact.Kind, value));

    /// <summary>A unit whose file is left and that does not run is gone as a service; one that failed does not run either.</summary>
    private static bool IsGone(FactKind kind, string value) => kind switch
    {
        FactKind.Port => value == WatchedFact.Closed,
        FactKind.Service => value is WatchedFact.Absent or "inactive" or "failed",
        _ => value == WatchedFact.Absent,
    };

    private static async Task<IReadOnlyList<Finding>> ContainersAsync(string address, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return [];

        using var engine = new ContainerEngine(address);
        var findings = new List<Finding>();
        foreach (var name in names) findings.Add(await ContainerAsync(engine, name, cancellationToken));
        return findings;
    }

    private static async Task<Finding> ContainerAsync(ContainerEngine engine, string name, CancellationToken cancellationToken)
    {
        try
        {
            var there = await engine.FindAsync(name, cancellationToken);
            return new Finding($"container {name}", there is null ? WatchedFact.Absent : there.State is { Running: true } ? "running" : "stopped", null, there is null);
        }
        catch (DockerApiException refused)
        {
            return new Finding($"container {name}", null, ContainerEngine.Words(refused), false);
        }
        catch (Exception exception) when (ContainerEngine.IsAway(exception) && !cancellationToken.IsCancellationRequested)
        {
            return new Finding($"container {name}", null, "the container engine does not answer", false);
        }
    }

    /// <param name="Seen">Its value, or what is in its place; null where nobody knows whether it is there.</param>
    private sealed record Finding(string Subject, string? Seen, string? Trouble, bool IsGone);
}
