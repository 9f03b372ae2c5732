namespace DeployHub.Cli.Models;

/// <summary>A run that was never started, as the server tells it.</summary>
internal sealed record Simulated(
    string Summary, IReadOnlyList<string> Approvals, IReadOnlyList<Simulated.Gate> Gates, IReadOnlyList<string> Problems, IReadOnlyList<Simulated.Phase> Phases,
    IReadOnlyList<Simulated.Target> Targets, IReadOnlyList<Simulated.SubjectWork> Work, Simulated.Duration Eta)
{
    /// <param name="stepsOn">The target whose steps are told; null for the first.</param>
    public IEnumerable<string> Lines(string? stepsOn) =>
    [
        Summary,
        $"{(Eta.Half == TimeSpan.Zero ? $"Up to {InWords.Of(Eta.Most)}" : $"About {InWords.Of(Eta.Half)} to {InWords.Of(Eta.Most)}")}: {Eta.Sentence}",
        .. Problems.Select(problem => $"In its way: {problem}"),
        "", "Before it starts",
        .. Gates.Select(gate => $"  {(gate.IsOpen ? "open  " : "closed")}  {gate.Sentence}"),
        .. Approvals.Select(approval => $"  to be approved by {approval}"),
        "", "Phases",
        .. Columns.Of([.. Phases.Select(Row)]),
        "", "Targets",
        .. Columns.Of([.. Targets.Select(target => new[] { $"  {target.Place}", target.Name, target.PhaseName, target.IsUnchanged ? "has every version already" : "" })]),
        .. StepLines(stepsOn ?? (Targets is [var first, ..] ? first.Name : "")),
    ];

    private static string[] Row(Phase phase) =>
    [
        $"  {InWords.Of(phase.Stage)}", phase.Name, InWords.Count(phase.Targets, "subject"), phase.Exposure is { } exposure ? $"{exposure} %" : "",
        phase.Soak > TimeSpan.Zero ? $"observed for {InWords.Of(phase.Soak)}" : "", phase.Most == TimeSpan.Zero ? "" : $"at most {InWords.Of(phase.Most)}",
    ];

    /// <summary>What is done for versions, phases and the environment is told as well.</summary>
    private IEnumerable<string> StepLines(string subject) =>
        from work in Work
        where work.Subject == subject || Targets.All(target => target.Name != work.Subject)
        from line in (string[])["", $"{InWords.Of(work.Stage)} · {work.Subject}", .. work.Steps.SelectMany(StepLines)]
        select line;

    private static IEnumerable<string> StepLines(Step step)
    {
        var applies = step.Applies is false ? " (not done)" : step.When is null ? "" : $" (only when {step.When})";
        return [$"  {step.Number}. {step.Name}: {step.Sentence}{applies}", .. (step.Environment ?? new Dictionary<string, string>()).Select(value => $"       {value.Key}={value.Value}")];
    }

    internal sealed record Gate(bool IsOpen, string Sentence);

    internal sealed record Phase(string Stage, string Name, int Targets, int? Exposure, TimeSpan Soak, TimeSpan Most);

    internal sealed record Target(int Place, string Name, string PhaseName, bool IsUnchanged);

    internal sealed record SubjectWork(string Stage, string Subject, IReadOnlyList<Step> Steps);

    /// <param name="Applies">Whether it will be done; null when earlier steps decide that.</param>
    /// <param name="Environment">What it gives to what it runs; secrets by their names. Null from a hub that does not tell.</param>
    internal sealed record Step(int Number, string Name, string Sentence, string? When, bool? Applies, IReadOnlyDictionary<string, string>? Environment = null);

    internal sealed record Duration(TimeSpan Half, TimeSpan Most, string Sentence);
}
