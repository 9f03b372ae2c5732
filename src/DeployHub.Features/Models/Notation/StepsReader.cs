using DeployHub.Domain.Models;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads a list of steps: some are written out, and some places use a block.</summary>
internal sealed class StepsReader(UseReader uses)
{
    public IReadOnlyList<StepDefinition> Read(MapReader around, string name)
    {
        var steps = new List<StepDefinition>();
        foreach (var written in around.Maps(name, SourceLimits.Steps))
        {
            if (written.Holds(UseReader.Member)) steps.AddRange(uses.Read(written, steps));
            else steps.Add(StepReader.Read(written));
            if (steps.Count > SourceLimits.Steps)
                return around.Wrong<IReadOnlyList<StepDefinition>>(name, $"has more than {SourceLimits.Steps} steps with those of its blocks, and nobody could read them", []);
        }

        return steps;
    }
}
