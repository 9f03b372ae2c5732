using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models;

/// <summary>One step as a model describes it.</summary>
public sealed record StepDefinition(string Name, StepSettings Settings)
{
    /// <summary>Such as <c>15m</c>; the default of domain Appendix A.</summary>
    public string Timeout { get; init; } = "15m";

    /// <summary>Automatic retries of a failed step, at most 3, and only for steps that may run again (domain A-V8).</summary>
    public int Retries { get; init; }

    /// <summary>What a lost worker means for this step; null takes the kind's own answer.</summary>
    public AfterLoss? AfterLoss { get; init; }

    /// <summary>Finds out, by passing or failing, whether the step happened; needed for <see cref="Steps.AfterLoss.Probe"/>.</summary>
    public StepSettings? Probe { get; init; }

    public AfterLoss WhenLost => AfterLoss ?? (Probe is null ? Settings.AfterLoss : Steps.AfterLoss.Probe);
}
