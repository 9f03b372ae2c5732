using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Ansible;

/// <summary>How a playbook ended on each host.</summary>
/// <param name="target">The inventory's only host.</param>
internal sealed class AnsibleRecap(IReadOnlyList<AnsibleEvent> events, string target)
{
    private const int MostTasks = 200;

    private static readonly (string Count, string Word)[] Words =
        [("ok", "ok"), ("changed", "changed"), ("unreachable", "unreachable"), ("failures", "failed"), ("skipped", "skipped"), ("rescued", "rescued"), ("ignored", "ignored")];

    private IEnumerable<AnsibleEvent> Hosts => events.Where(known => known.Kind == "recap");

    public bool KnowsTarget => Hosts.Any(recap => recap.Host == target);

    /// <summary>How many tasks compared something on the target in check mode.</summary>
    public int Checked => Hosts.Where(recap => recap.Host == target).Sum(recap => recap.Count("checked"));

    /// <summary>Something failed and was rescued, so that the rest of its block never had its turn.</summary>
    public bool LeftTasksOut => Hosts.Any(recap => recap.Count("rescued") > 0);

    /// <summary>Tasks that can only be carried out, or failed and were ignored.</summary>
    public IReadOnlyList<string> Unchecked => [.. events.Where(known => known.Kind == "unchecked").Select(Named).Distinct()];

    /// <summary>Tasks that would change something, each under a name of its own, and what they found.</summary>
    public IReadOnlyList<(string Task, string Observed)> Differences() =>
        [.. events.Where(known => known is { Kind: "changed", Handler: false }).Select(change => (Named(change), change.Observed))];

    /// <summary>A play may take in other hosts than the inventory's.</summary>
    private string Named(AnsibleEvent known) => Printable.Of($"{known.Task}{(known.Host == target ? "" : $" on {known.Host}")}{(known.Time > 1 ? $" ({known.Time})" : "")}").ReplaceLineEndings(" ");

    public IReadOnlyList<Evidence> Evidence() =>
    [
        .. Hosts.Select(recap => new Evidence($"Recap {recap.Host}", string.Join(", ", Words.Select(word => $"{recap.Count(word.Count)} {word.Word}")))),
        .. events.Where(known => known.Kind == "changed").GroupBy(change => change.Host)
            .Select(changes => new Evidence($"Changed {changes.Key}", string.Join('\n', changes.Select(change => change.Task).Take(MostTasks)))),
    ];

    /// <summary>Null when every host came to its end. A failure that a playbook rescued is none, so the last one counts.</summary>
    public StepOutcome.Failed? Failure()
    {
        if (Hosts.FirstOrDefault(recap => recap.Count("unreachable") > 0) is { } lost)
            return new StepOutcome.Failed($"Ansible could not reach {lost.Host}{At(Last("unreachable", lost.Host))}", HaltCause.TargetUnreachable) { Evidence = Evidence() };
        if (Hosts.FirstOrDefault(recap => recap.Count("failures") > 0) is { } failed)
            return new StepOutcome.Failed($"Ansible failed on {failed.Host}{At(Last("failed", failed.Host))}") { Evidence = Evidence() };
        return null;
    }

    private AnsibleEvent? Last(string kind, string host) => events.LastOrDefault(known => known.Kind == kind && known.Host == host);

    private static string At(AnsibleEvent? happened) => happened is null ? "." : $" at the task “{happened.Task}”: {happened.Why}.";
}
