using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Models.Notation;

namespace DeployHub.UnitTests.Models;

/// <summary>A step library and a model to extend, as whoever reads a document looks them up.</summary>
internal static class Shelf
{
    public const string Block = """
        block: wait-until-healthy
        name: Wait until healthy
        purpose: Asks until it answers.
        parameters:
          url: { type: Text, description: Where it answers. }
          within: { type: Duration, default: 1m, minimum: 5s, maximum: 30m, description: How long it may take. }
        steps:
          - { name: Ask it, uses: check-http, with: { url: "${parameter.url}", within: "${parameter.within}" }, timeout: 30m }
          - { name: Let it settle, uses: wait, with: { for: 5s }, timeout: 1m }
        """;

    /// <summary>Says things for the steps after it, and decides by what it is given.</summary>
    public const string Probe = """
        block: probe
        name: Probe
        purpose: Looks and acts.
        parameters:
          mode: { type: Text, default: full, choices: [full, quick], description: How much. }
          limit: { type: Integer, default: 3, description: How many. }
        steps:
          - { name: Look, key: look, uses: script, with: { command: [sh, look.sh], outputs: [changes] } }
          - name: Act on ${parameter.mode}
            uses: script
            when: ${parameter.mode} == 'full' && ${step.look.changes} > ${parameter.limit}
            with: { command: [sh, act.sh, "${step.look.changes}", "${parameter.mode}"] }
        """;

    /// <summary>Two published versions of the block, the first of which is retired, and a draft of a third.</summary>
    public static readonly Library Library = new()
    {
        Blocks = new Dictionary<string, IReadOnlyList<KnownBlock>>
        {
            ["wait-until-healthy"] =
            [
                new(1, BlockVersionStatus.Retired, Content(Block.Replace("default: 1m", "default: 2m", StringComparison.Ordinal)), "It passes too early."),
                new(2, BlockVersionStatus.Published, Content(Block)),
                new(3, BlockVersionStatus.Draft, null),
                new(4, BlockVersionStatus.Discarded, null),
            ],
            ["probe"] = [new(1, BlockVersionStatus.Published, Content(Probe)), new(2, BlockVersionStatus.Published, Content(Probe.Replace("default: 3", "default: 5", StringComparison.Ordinal)))],
            ["not-yet"] = [new(1, BlockVersionStatus.Draft, null)],
        },
        Models = new Dictionary<string, IReadOnlyList<KnownModel>>
        {
            ["small"] = [new(1, ModelVersionStatus.Deprecated, Written.Content()), new(2, ModelVersionStatus.Published, Written.Content(Written.With("timeout: 2m", "timeout: 4m"))), new(3, ModelVersionStatus.Draft, null)],
            ["halted"] = [new(1, ModelVersionStatus.Suspended, Written.Content() with { Model = "halted" }, "It never stops")],
            ["tiny"] = [new(1, ModelVersionStatus.Published, Written.Content() with { Model = "tiny", Extends = new ModelExtension("small", 1, []) })],
            ["round"] = [new(1, ModelVersionStatus.Published, Written.Content() with { Model = "round", Extends = new ModelExtension("large", 4, []) })],
        },
    };

    public static BlockContent Content(string yaml)
    {
        var reading = BlockDocument.Read(yaml);
        reading.Content.ShouldNotBeNull(string.Join('\n', reading.Remarks.Select(remark => remark.Full)));
        return reading.Content;
    }

    /// <summary>The small model with these lines after its last step.</summary>
    public static string Using(params string[] lines) => Written.With("        within: 10s", $"        within: 10s\n{string.Join('\n', lines)}");

    public static ModelReading Read(string yaml) => ModelDocument.Read(yaml, Library);
}
