using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;

namespace DeployHub.Features.Models.Notation;

/// <summary>From the notation that people write to what a block says. Everything unknown, missing or malformed is told with its place.</summary>
internal static class BlockReader
{
    public static BlockContent Read(Source root, ICollection<PlacedRemark> faults)
    {
        if (root is not SourceMap map)
        {
            faults.Add(root.Fault("", "A block is a mapping that begins with “block: its-key”."));
            map = new SourceMap([], root.Line, root.Column);
        }

        var written = new MapReader(map, "", faults);
        var block = new BlockContent
        {
            Block = written.Text("block"),
            Name = written.Text("name"),
            Purpose = written.Text("purpose").Trim(),
            Parameters = [.. written.NamedMaps("parameters", SourceLimits.Parameters).Select(parameter => Parameter(parameter.Name, parameter.Value))],
            Steps = [.. written.Maps("steps", BlockContent.MostSteps).Select(Step)],
        };
        written.Done();
        return block;
    }

    private static BlockParameter Parameter(string name, MapReader written)
    {
        var usual = written.TextOrNull("default");
        if (usual?.Length > BlockParameter.LongestValue)
        {
            written.Refuse("default", "A-V11", $"A default has at most {BlockParameter.LongestValue} characters, and this one has {usual.Length}.");
            usual = null;
        }

        var parameter = new BlockParameter(
            name, written.Choice<ParameterType>("type"), written.Text("description"), usual,
            written.TextOrNull("minimum"), written.TextOrNull("maximum"), written.TextsOrNull("choices"));
        written.Done();
        return parameter;
    }

    private static StepDefinition Step(MapReader written)
    {
        if (!written.Holds(UseReader.Member)) return StepReader.Read(written);

        written.Refuse(UseReader.Member, "model.block", "A block holds steps that are written out; no block is used inside another.");
        return new StepDefinition("", new Domain.Models.Steps.CheckReachable());
    }
}
