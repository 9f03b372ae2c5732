using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Deployments.Risks;

/// <summary>How many targets change before anything is verified.</summary>
public static class FirstPhase
{
    /// <param name="targets">Those planned, with their labels.</param>
    public static int Of(ModelContent model, Plan plan, IReadOnlyList<RunTarget> targets)
    {
        var values = model.Parameters.DistinctBy(parameter => parameter.Name)
            .ToDictionary(parameter => $"parameter.{parameter.Name}", parameter => plan.Parameters.GetValueOrDefault(parameter.Name, parameter.Default));
        var phases = PhaseDivision.Divide(model.Execute.Phases, targets, text => Template.Fill(text, values, new List<string>()));
        return phases.Error is null && phases.Value.FirstOrDefault(phase => phase.Targets.Count > 0) is { } first ? first.Targets.Count : targets.Count;
    }
}
