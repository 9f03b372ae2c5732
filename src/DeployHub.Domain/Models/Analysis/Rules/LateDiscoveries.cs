using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>
/// S5: VerifyDeployment fails by something that the stages before Execute look for. That is so by its cause (domain Appendix C), by what its
/// check looks at, or because those who resolved it found the trouble in the environment.
/// </summary>
public static class LateDiscoveries
{
    public static SignalAnswer Of(VersionFacts facts)
    {
        if (facts.Runs.Count == 0) return SignalAnswer.Without(SignalCode.S5, facts, "No run began in the window.");

        var late = facts.Runs.SelectMany(run => run.Halts.Where(IsLate), (run, halt) => (run.Deployment, Halt: halt)).GroupBy(found => found.Halt.Step!);
        return SignalAnswer.Of(SignalCode.S5, facts, late.OrderByDescending(step => step.Count()).Select(step => Signal.Of(
            SignalCode.S5, facts, step.Key, Sentence(step.Key, step.Count(), step.Select(found => found.Halt.Cause)), step.Select(found => found.Deployment))));
    }

    /// <summary>Causes that the first two stages exist to find.</summary>
    public static bool IsSeenBeforeExecute(HaltCause cause) => cause <= HaltCause.PolicyViolation;

    private static string Sentence(string step, int times, IEnumerable<HaltCause> causes) =>
        $"“{step}” failed {Said.Times(times)} after everything was deployed ({Words.List(causes.Distinct().Select(Words.Of))}), by something that could have been seen before Execute.";

    private static bool IsLate(HaltFact halt) => halt is { Stage: Stage.VerifyDeployment, Step: not null, WasRollingBack: false }
        && (IsSeenBeforeExecute(halt.Cause) || halt.CouldLookEarlier || halt.CauseClass is CauseClass.Environment);
}
