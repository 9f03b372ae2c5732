using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Blocks;

namespace DeployHub.Features.Models.Notation;

/// <summary>What documents may name: blocks of the step library, models to extend, secrets; and what environments ask of it. A value, looked up before by whoever reads a document.</summary>
public sealed record Library
{
    public static readonly Library Empty = new();

    /// <summary>Every block by its key, its versions in order. Only those that the document names have their content.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<KnownBlock>> Blocks { get; init; } = new Dictionary<string, IReadOnlyList<KnownBlock>>();

    /// <summary>Every published model by its slug, its versions in order. Only the one that the document names has its content.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<KnownModel>> Models { get; init; } = new Dictionary<string, IReadOnlyList<KnownModel>>();

    /// <summary>Names of secrets that some worker knows; null while that cannot be told.</summary>
    public IReadOnlySet<string>? Secrets { get; init; }

    /// <summary>What each environment asks of approvals; empty while nobody needs to know.</summary>
    public IReadOnlyList<TierPolicy> Policies { get; init; } = [];
}

/// <param name="Reason">Why it is retired.</param>
public sealed record KnownBlock(int Number, BlockVersionStatus Status, BlockContent? Content, string Reason = "");

/// <param name="Reason">Why it is suspended or retired.</param>
public sealed record KnownModel(int Number, ModelVersionStatus Status, ModelContent? Content, string Reason = "")
{
    public bool WasPublished => Status is ModelVersionStatus.Published or ModelVersionStatus.Suspended or ModelVersionStatus.Deprecated or ModelVersionStatus.Retired;
}
