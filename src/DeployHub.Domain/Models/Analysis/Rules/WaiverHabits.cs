using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>S7: the same check was waived at least three times.</summary>
public static class WaiverHabits
{
    public const int Fewest = 3;

    public static SignalAnswer Of(VersionFacts facts)
    {
        if (facts.Runs.Count == 0) return SignalAnswer.Without(SignalCode.S7, facts, "No run began in the window.");

        var waived = facts.Runs
            .SelectMany(run => run.Halts.Where(halt => halt is { Choice: ResolutionChoice.AcceptWithWaiver, Step: not null }), (run, halt) => (run.Deployment, Step: halt.Step!))
            .GroupBy(waiver => waiver.Step).Where(check => check.Count() >= Fewest);
        return SignalAnswer.Of(SignalCode.S7, facts, waived.OrderByDescending(check => check.Count()).Select(check => Signal.Of(
            SignalCode.S7, facts, check.Key, $"“{check.Key}” was waived {Said.Times(check.Count())} in {Words.Count(facts.Runs.Count, "run")}.",
            check.Select(waiver => waiver.Deployment))));
    }
}
