using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Features.Runs;

/// <summary>What a person has to do in one step on one subject, and what is asked for it.</summary>
/// <param name="Attempt">Number of the attempt that an answer belongs to.</param>
/// <param name="DueAt">By when it is done or has failed; null while nobody is asked.</param>
/// <param name="ToBeConfirmed">What somebody has done already, for a second person to confirm.</param>
public sealed record ManualTask(
    Stage Stage, string Subject, int Step, string Name, string Instruction, EvidenceRule Evidence, string ExpectedDuration, string? Picture, IReadOnlyList<ManualValue> Values, int Attempt, bool ConfirmedBySecond, DateTimeOffset? DueAt, Report? ToBeConfirmed)
{
    /// <summary>The role slot whose people do it; null when anybody may who may do things by hand.</summary>
    public string? Slot { get; init; }

    /// <summary>Names of those whom the plan names for it: somebody else takes it over with a reason.</summary>
    public IReadOnlyList<string> AssignedTo { get; init; } = [];

    /// <summary>Names it within its run, such as <c>Execute-rack-7-3-1</c>; fit for an element's id.</summary>
    public string Key => string.Concat($"{Stage}-{Subject}-{Step}-{Attempt}".Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));

    /// <param name="people">Whom the deployment names.</param>
    internal static ManualTask Of(TargetRun targetRun, StepRun step, ManualWork work, IReadOnlyList<Assignment> people) =>
        new(targetRun.Stage, targetRun.Subject, step.Number, step.Name, work.Instruction, work.Evidence, work.ExpectedDuration, work.Picture, work.Values ?? [], step.NextAnswer,
            work.ConfirmedBySecond is true, step.Status is StepStatus.WaitingForPerson ? targetRun.DueAt : null, step.ToBeConfirmed)
        {
            Slot = work.Slot,
            AssignedTo = [.. people.Where(assigned => assigned.Slot == work.Slot).Select(assigned => assigned.Person.Name)],
        };
}
