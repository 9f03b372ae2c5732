using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Models.Notation;

/// <summary>Reads a step that is written out, in a model as in a block.</summary>
internal static class StepReader
{
    public static StepDefinition Read(MapReader written)
    {
        var step = new StepDefinition(written.Text("name"), SettingsReader.Read(written))
        {
            Key = written.TextOrNull("key"),
            When = written.TextOrNull("when")?.Trim(),
            Together = written.TextOrNull("together"),
            Timeout = written.TextOrNull("timeout") ?? "15m",
            Retries = written.Number("retries", 0),
            Runs = written.ChoiceOrNull<StepRuns>("runs") ?? StepRuns.OnSuccess,
            IfItFails = written.ChoiceOrNull<IfItFails>("ifItFails") ?? IfItFails.Halt,
            AfterLoss = written.ChoiceOrNull<AfterLoss>("afterLoss"),
            Probe = Probe(written.Inner("probe")),
        };
        written.Done();
        return step;
    }

    private static StepSettings? Probe(MapReader? written)
    {
        if (written is null) return null;
        var probe = SettingsReader.Read(written);
        written.Done();
        return probe;
    }
}
