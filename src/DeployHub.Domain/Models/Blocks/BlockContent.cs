using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>What a block says: steps that several models share, with what each may say of them. Immutable once published.</summary>
public sealed record BlockContent
{
    /// <summary>More would be a model of its own.</summary>
    public const int MostSteps = 50;

    /// <summary>The block's key.</summary>
    public required string Block { get; init; }

    public required string Name { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Read as <c>${parameter.name}</c> in its steps; those of the model are not seen there.</summary>
    public IReadOnlyList<BlockParameter> Parameters { get; init; } = [];

    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    /// <summary>SHA-256 over the canonical JSON: equal for equal meaning, however it was written.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(CanonicalJson.Of(this));

    /// <summary>Some step asks questions before a reader may confirm.</summary>
    [JsonIgnore]
    public bool AsksQuiz => Steps.Any(step => step.Settings is Models.Steps.Acknowledge { Quiz.Count: > 0 });

    /// <summary>Its steps as a model has them that uses it: filled with what that gives, plain, and knowing where they come from.</summary>
    public IReadOnlyList<StepDefinition> Expand(BlockUse use) => new BlockExpansion(this, use).Steps();

    /// <summary>For whoever may be asked its quizzes: the same without what is right (domain J12).</summary>
    public BlockContent WithoutRightAnswers() => this with { Steps = [.. Steps.Select(step => step.WithoutRightAnswers())] };
}
