using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>Who moved a model version, when and why.</summary>
public sealed record ModelVersionMove(ModelVersionTrigger Move, Actor By, DateTimeOffset At, string Reason);

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

    public string ReleaseNote { get; private set; } = "";

    public Actor CreatedBy { get; private init; } = Actor.System;

    public DateTimeOffset CreatedAt { get; private init; }

    public Actor? PublishedBy { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Every move since it was created, oldest first.</summary>
    public IReadOnlyList<ModelVersionMove> History { get; private set; } = [];

    /// <summary>A version that may be used at once: importing publishes.</summary>
    public static ModelVersion Import(ModelId model, int number, ModelContent content, string yaml, string releaseNote, Actor by, DateTimeOffset at)
    {
        var version = new ModelVersion
        {
            Id = ModelVersionId.New(),
            ModelId = model,
            Number = number,
            Content = content,
            Digest = content.Digest,
            Yaml = yaml,
            CreatedBy = by,
            CreatedAt = at,
            ReleaseNote = releaseNote,
            PublishedBy = by,
            PublishedAt = at,
        };
        version.Move(ModelVersionTrigger.Import, by, at, releaseNote);
        return version;
    }

    /// <summary>Whether the content is the same, however it is written. Compared by meaning, since a digest was made by the DeployHub of its day.</summary>
    public bool Says(ModelContent content) => Digest == content.Digest || Content.Digest == content.Digest;

    /// <summary>A newer version took its place.</summary>
    public Result Supersede(int successor, Actor by, DateTimeOffset at) =>
        Move(ModelVersionTrigger.Supersede, by, at, $"v{successor} was published.");

    /// <summary>No new run may start with it until somebody resumes it.</summary>
    public Result Suspend(string reason, Actor by, DateTimeOffset at) => Move(ModelVersionTrigger.Suspend, by, at, reason);

    /// <summary>Refused to whoever suspended it (domain §2.1.4): a second person looks.</summary>
    public Result Resume(string reason, Actor by, DateTimeOffset at)
    {
        var suspender = History.LastOrDefault(move => move.Move is ModelVersionTrigger.Suspend)?.By;
        return suspender?.Is(by) == true ? ModelErrors.ResumerMustNotBeSuspender : Move(ModelVersionTrigger.Resume, by, at, reason);
    }

    private Result Move(ModelVersionTrigger trigger, Actor by, DateTimeOffset at, string reason)
    {
        var next = ModelVersionMoves.Table.Next(Status, trigger);
        if (next.Error is { } error) return error;

        (Status, History) = (next.Value, [.. History, new ModelVersionMove(trigger, by, at, reason)]);
        return Result.Success;
    }
}
