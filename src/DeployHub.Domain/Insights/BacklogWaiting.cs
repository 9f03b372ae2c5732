using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Insights;

/// <summary>Why an open item does not move now.</summary>
/// <param name="What">The kind of gate, or of what a run waits for; “Halt”, “Planner” or “Choice” for what is neither.</param>
/// <param name="Sentence">By whom or what, for people.</param>
public sealed record BacklogWaiting(string What, string Sentence)
{
    /// <summary>A slot further ahead than this was chosen, not forced (domain M9).</summary>
    public const int ChoiceWorkingDays = 10;

    private static readonly GateKind[] OfTime = [GateKind.Slot, GateKind.Window, GateKind.Freeze];

    /// <summary>Everything that keeps it, the first being what to look at first; empty for what moves.</summary>
    /// <param name="gates">Before a run; empty for what has one under way.</param>
    /// <param name="run">The newest; null before the first.</param>
    public static IReadOnlyList<BacklogWaiting> Of(Deployment deployment, IEnumerable<Gate> gates, Run? run, WorkingDays calendar, DateTimeOffset at) => deployment.Status switch
    {
        DeploymentStatus.Draft => [new("Planner", $"It is a draft again: {deployment.Owner.Name} has to submit it or cancel it.")],
        DeploymentStatus.Halted => [new("Halt", run?.OpenHalt?.Sentence ?? "It stands still until somebody decides.")],
        DeploymentStatus.InProgress => run?.WaitingFor is { } reason ? [new(reason.ToString(), run.WaitingSentence ?? $"Waits for {Words.Of(reason)}.")] : [],
        _ => Before(deployment, gates.Where(gate => !gate.IsOpen), calendar, at),
    };

    /// <summary>Its slot was chosen more than ten working days ahead, and nothing but time keeps it.</summary>
    public static bool IsByChoice(Deployment deployment, WorkingDays calendar, DateTimeOffset at) =>
        deployment.Status is DeploymentStatus.Scheduled && deployment.Slot is { } slot && DateOnly.FromDateTime(slot.Start.UtcDateTime) > calendar.After(at, ChoiceWorkingDays);

    private static IReadOnlyList<BacklogWaiting> Before(Deployment deployment, IEnumerable<Gate> closed, WorkingDays calendar, DateTimeOffset at)
    {
        var kept = closed.Where(gate => !OfTime.Contains(gate.Kind) || deployment.Status is DeploymentStatus.Scheduled).ToList();
        var isByChoice = IsByChoice(deployment, calendar, at) && kept.TrueForAll(gate => OfTime.Contains(gate.Kind));
        return isByChoice
            ? [new("Choice", $"It waits by choice for its slot at {deployment.Slot!.Start:yyyy-MM-dd HH:mm} UTC.")]
            : [.. kept.OrderBy(gate => OfTime.Contains(gate.Kind)).Select(gate => new BacklogWaiting(gate.Kind.ToString(), gate.Sentence))];
    }
}
