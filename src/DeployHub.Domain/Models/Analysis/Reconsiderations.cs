using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>A-V14: a check that has passed 200 times in a row, or an approval never refused in 50, may be no safeguard at all.</summary>
public static class Reconsiderations
{
    public const string Rule = "A-V14";
    public const int PassesInARow = 200;
    public const int FewestDecisions = 50;

    /// <param name="looks">Steps that succeeded, from the newest runs.</param>
    public static IReadOnlyList<ModelRemark> Of(IEnumerable<StepLook> looks, IReadOnlyList<RunFact> runs, IEnumerable<ApprovalHabit> habits) =>
    [
        .. from check in looks.Where(look => look.IsCheck).GroupBy(look => look.Step)
           let halted = runs.Where(run => run.Halts.Any(halt => halt.Step == check.Key)).Select(run => (DateTimeOffset?)run.BeganAt).Max()
           let passes = check.Count(look => halted is null || look.At > halted)
           where passes >= PassesInARow
           select new ModelRemark(Rule, "", Severity.Hint, $"“{check.Key}” passed {passes} times in a row: look whether it can fail at all, and whether it is worth its time."),
        .. from habit in habits
           where habit is { Decisions: >= FewestDecisions, Refused: 0 }
           let asked = Words.Of(habit.Quality)
           select new ModelRemark(Rule, "", Severity.Hint, $"The approval by {asked} was never refused in {habit.Decisions} decisions: look whether it decides anything."),
    ];
}
