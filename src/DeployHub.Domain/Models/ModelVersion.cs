using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>An immutable numbered edition of a model, v1, v2 …. Plans name the version they use, so a later one never alters them.</summary>
public sealed class ModelVersion
{
    private ModelVersion() { }

    public ModelVersionId Id { get; private init; }

    public ModelId ModelId { get; private init; }

    /// <summary>From 1 within its model.</summary>
    public int Number { get; private init; }

    public ModelVersionStatus Status { get; private set; }

    public ModelContent Content { get; private init; } = null!;

    /// <summary>Over the canonical JSON of the content.</summary>
    public Digest Digest { get; private init; }

    /// <summary>As people wrote it, comments and all.</summary>
    public string Yaml { get; private init; } = "";

    public Actor CreatedBy { get; private init; } = Actor.System;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>A version that may be used at once: importing publishes.</summary>
    public static ModelVersion Import(ModelId model, int number, ModelContent content, Digest digest, string yaml, Actor by, DateTimeOffset at) => new()
    {
        Id = ModelVersionId.New(),
        ModelId = model,
        Number = number,
        Status = ModelVersionStatus.Published,
        Content = content,
        Digest = digest,
        Yaml = yaml,
        CreatedBy = by,
        CreatedAt = at,
    };

    /// <summary>A newer version took its place.</summary>
    public void Deprecate() => Status = ModelVersionStatus.Deprecated;
}
