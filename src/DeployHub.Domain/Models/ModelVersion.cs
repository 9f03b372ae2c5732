using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>Who moved a model version, when and why.</summary>
public sealed record ModelVersionMove(ModelVersionTrigger Move, Actor By, DateTimeOffset At, string Reason);

/// <summary>
/// A numbered edition of a model, v1, v2 …: written as a draft, rehearsed, published and immutable from then on. Plans name the version they
/// use, so a later one never alters them.
/// </summary>
public sealed partial class ModelVersion
{
    private ModelVersion() { }

    public ModelVersionId Id { get; private init; }

    public ModelId ModelId { get; private init; }

    /// <summary>From 1 within its model.</summary>
    public int Number { get; private init; }

    public ModelVersionStatus Status { get; private set; }

    /// <summary>What the text says; null while a draft has errors.</summary>
    public ModelContent? Said { get; private set; }

    /// <summary>What it says. Only a draft may not say anything yet: ask <see cref="Said"/> there.</summary>
    public ModelContent Content => Said ?? throw new InvalidOperationException($"v{Number} has errors and says nothing.");

    /// <summary>Over the canonical JSON of the content, or over the text of a draft with errors.</summary>
    public Digest Digest { get; private set; }

    /// <summary>As people wrote it, comments and all.</summary>
    public string Yaml { get; private set; } = "";

    public string ReleaseNote { get; private set; } = "";

    public Actor CreatedBy { get; private init; } = Actor.System;

    public DateTimeOffset CreatedAt { get; private init; }

    public Actor? PublishedBy { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Since when a newer version stands in its place.</summary>
    public DateTimeOffset? DeprecatedAt { get; private set; }

    /// <summary>It was suspended when it was replaced: nobody finishes a plan with it.</summary>
    public bool WasSuspended { get; private set; }

    /// <summary>Every move since it was created, oldest first.</summary>
    public IReadOnlyList<ModelVersionMove> History { get; private set; } = [];

    /// <summary>Never published, and may still become so.</summary>
    public bool IsOpen => Status is ModelVersionStatus.Draft or ModelVersionStatus.InTest or ModelVersionStatus.Tested;

    /// <summary>The one that runs start with, or would if it were not suspended.</summary>
    public bool IsCurrent => Status is ModelVersionStatus.Published or ModelVersionStatus.Suspended;

    /// <summary>A version that may be used at once: importing publishes.</summary>
    public static ModelVersion Import(ModelId model, int number, ModelContent content, string yaml, string releaseNote, Actor by, DateTimeOffset at, ModelOrigin? origin = null)
    {
        var version = new ModelVersion { Id = ModelVersionId.New(), ModelId = model, Number = number, CreatedBy = by, CreatedAt = at, Origin = origin };
        version.Say(yaml, content);
        version.Must(version.Move(ModelVersionTrigger.Import, by, at, releaseNote));
        version.BecomePublished(releaseNote, by, at);
        return version;
    }

    /// <summary>Whether the content is the same, however it is written. Compared by meaning, since a digest was made by the DeployHub of its day.</summary>
    public bool Says(ModelContent content) => Digest == content.Digest || Said?.Digest == content.Digest;

    /// <summary>A newer version took its place.</summary>
    public Result Supersede(int successor, Actor by, DateTimeOffset at)
    {
        var wasSuspended = Status is ModelVersionStatus.Suspended;
        var moved = Move(ModelVersionTrigger.Supersede, by, at, $"v{successor} was published.");
        if (moved.Error is null) (DeprecatedAt, WasSuspended) = (at, wasSuspended);
        return moved;
    }

    /// <summary>No new run may start with it until somebody resumes it.</summary>
    public Result Suspend(string reason, Actor by, DateTimeOffset at) => Move(ModelVersionTrigger.Suspend, by, at, reason);

    /// <summary>Refused to whoever suspended it (domain §2.1.4): a second person looks.</summary>
    public Result Resume(string reason, Actor by, DateTimeOffset at)
    {
        var suspender = History.LastOrDefault(move => move.Move is ModelVersionTrigger.Suspend)?.By;
        return suspender?.Is(by) == true ? ModelErrors.ResumerMustNotBeSuspender : Move(ModelVersionTrigger.Resume, by, at, reason);
    }

    /// <summary>Nobody uses it any more; it is kept for ever. Refused with <c>model.in-use</c> while a deployment that is not over was planned with it.</summary>
    /// <param name="openPlans">Numbers of those deployments.</param>
    public Result Retire(string reason, IReadOnlyList<string> openPlans, Actor by, DateTimeOffset at) =>
        openPlans.Count > 0 ? ModelErrors.InUse(Number, openPlans) : Move(ModelVersionTrigger.Retire, by, at, reason);

    private void Say(string yaml, ModelContent? content) => (Yaml, Said, Digest) = (yaml, content, content?.Digest ?? Digest.OfText(yaml));

    private void BecomePublished(string releaseNote, Actor by, DateTimeOffset at) => (ReleaseNote, PublishedBy, PublishedAt) = (releaseNote, by, at);

    private Result Move(ModelVersionTrigger trigger, Actor by, DateTimeOffset at, string reason)
    {
        var next = ModelVersionMoves.Table.Next(Status, trigger);
        if (next.Error is { } error) return error;

        (Status, History) = (next.Value, [.. History, new ModelVersionMove(trigger, by, at, reason)]);
        return Result.Success;
    }

    private void Must(Result moved)
    {
        if (moved.Error is { } refusal) throw new InvalidOperationException($"v{Number} refused its own move: {refusal.Message}");
    }
}
