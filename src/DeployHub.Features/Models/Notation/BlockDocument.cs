using System.Text.Json.Nodes;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

/// <summary>What reading the document of a block found.</summary>
/// <param name="Content">Null when an error stops it from being published.</param>
/// <param name="Remarks">In the order of the text.</param>
public sealed record BlockReading(BlockContent? Content, IReadOnlyList<PlacedRemark> Remarks)
{
    public IEnumerable<PlacedRemark> Errors => Remarks.Where(remark => remark.Severity is Severity.Error);
}

/// <summary>The document of a block, as people, the API and Git read and write it.</summary>
public static class BlockDocument
{
    private const string Noun = "block";

    /// <summary>Never throws for what somebody wrote: whatever is wrong is a remark with its place.</summary>
    /// <param name="key">What the document must call its block; null for whatever it says.</param>
    public static BlockReading Read(string text, string? key = null, DocumentFormat format = DocumentFormat.Yaml)
    {
        var remarks = new List<PlacedRemark>();
        try
        {
            var source = ModelDocument.Parse(text, format, Noun);
            var block = BlockReader.Read(source, remarks);
            if (remarks.Count == 0) remarks.AddRange(BlockValidation.Check(block, NCalcConditions.Instance).Select(remark => ModelDocument.Placed(remark, source.Find(remark.Path))));
            if (key is not null && block.Block.Length > 0 && block.Block != key)
                remarks.Add(ModelDocument.Placed(new ModelRemark("block.key-differs", Noun, Severity.Error, BlockErrors.KeyDiffers(key, block.Block).Message), source.Find(Noun)));
            return Ordered(block, remarks);
        }
        catch (UnreadableException unreadable)
        {
            return new BlockReading(null, [unreadable.Remark]);
        }
    }

    /// <summary>The document as YAML. Reading it again gives equal content.</summary>
    public static string Yaml(BlockContent block) => YamlText.Of(ModelWriter.Write(block));

    /// <summary>The same document as JSON.</summary>
    public static JsonObject Json(BlockContent block) => ModelWriter.Write(block);

    /// <summary>A document that says its name and leaves the rest to be written.</summary>
    public static string Empty(string key, string name, string purpose) => $$"""
        # yaml-language-server: $schema={{BlockSchema.Path}}
        block: {{key}}
        name: {{DocumentHead.Quoted(name)}}
        purpose: {{DocumentHead.Quoted(purpose)}}
        parameters: # what a model gives it in “with”; without a default it has to
          within: { type: Duration, default: 1m, minimum: 5s, maximum: 30m, description: How long it may take. }
        steps: # as in a model; ${parameter.within} is the block's own
          - { name: Ask it, uses: check-http, with: { url: "http://${target.name}/health", within: "${parameter.within}" }, timeout: 30m }

        """;

    private static BlockReading Ordered(BlockContent block, IEnumerable<PlacedRemark> remarks)
    {
        var ordered = ModelDocument.Ordered(remarks);
        return new BlockReading(ordered.Exists(remark => remark.Severity is Severity.Error) ? null : block, [.. ordered.Take(SourceLimits.Remarks)]);
    }
}
