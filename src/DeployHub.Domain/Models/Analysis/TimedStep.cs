using DeployHub.Domain.Models.Measuring;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>How long a step took on one subject in live runs that succeeded.</summary>
/// <param name="Runs">How many runs stand behind it.</param>
/// <param name="Looks">How many subjects altogether, such as targets.</param>
public sealed record TimedStep(Stage Stage, string Step, int Runs, int Looks, TimeSpan P50, TimeSpan P85)
{
    public static IReadOnlyList<TimedStep> From(IEnumerable<StepLook> looks) =>
    [
        .. from look in looks
           group look by (look.Stage, look.Step) into step
           let took = Timings.Of(step.Select(look => look.Took))
           orderby step.Key.Stage
           select new TimedStep(step.Key.Stage, step.Key.Step, step.Select(look => look.Run).Distinct().Count(), took.Count, took.Median!.Value, took.P85!.Value),
    ];

    /// <summary>“usually 12 s, 85 % within 40 s”.</summary>
    public string InWords => P85 > P50 ? $"usually {Words.Of(P50)}, 85 % within {Words.Of(P85)}" : $"usually {Words.Of(P50)}";
}

/// <summary>One step on one subject that succeeded.</summary>
/// <param name="Run">Tells runs apart.</param>
/// <param name="At">When the run was asked for.</param>
public sealed record StepLook(Guid Run, DateTimeOffset At, Stage Stage, string Step, bool IsCheck, TimeSpan Took);
