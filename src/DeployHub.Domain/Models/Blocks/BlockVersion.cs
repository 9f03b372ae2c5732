using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>Who moved a version of a block, when and why.</summary>
public sealed record BlockVersionMove(BlockVersionTrigger Move, Actor By, DateTimeOffset At, string Reason);

/// <summary>A numbered edition of a block: written as a draft, published by a second person, immutable from then on.</summary>
public sealed class BlockVersion
{
    private BlockVersion() { }

    public BlockVersionId Id { get; private init; }

    public BlockId BlockId { get; private init; }

    /// <summary>From 1 within its block.</summary>
    public int Number { get; private init; }

    public BlockVersionStatus Status { get; private set; }

    /// <summary>What the text says; null while a draft has errors.</summary>
    public BlockContent? Said { get; private set; }

    /// <summary>What it says. Only a draft may not say anything yet: ask <see cref="Said"/> there.</summary>
    public BlockContent Content => Said ?? throw new InvalidOperationException($"v{Number} has errors and says nothing.");

    /// <summary>Over the canonical JSON of the content, or over the text of a draft with errors.</summary>
    public Digest Digest { get; private set; }

    /// <summary>As people wrote it, comments and all.</summary>
    public string Yaml { get; private set; } = "";

    /// <summary>What changes for models that take it over.</summary>
    public string ReleaseNote { get; private set; } = "";

    /// <summary>The version whose text it began with; null when it began otherwise.</summary>
    public int? Basis { get; private init; }

    public Actor CreatedBy { get; private init; } = Actor.System;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Everybody who wrote at it, whoever did last at the end (SOD-5).</summary>
    public IReadOnlyList<Actor> Editors { get; private set; } = [];

    public Actor? PublishedBy { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Every move since it was created, oldest first.</summary>
    public IReadOnlyList<BlockVersionMove> History { get; private set; } = [];

    internal static BlockVersion Draft(BlockId block, int number, int? basis, string yaml, BlockContent? content, Actor by, DateTimeOffset at)
    {
        var version = new BlockVersion { Id = BlockVersionId.New(), BlockId = block, Number = number, Basis = basis, CreatedBy = by, CreatedAt = at };
        version.Say(yaml, content);
        version.Must(version.Move(BlockVersionTrigger.Edit, by, at, basis is null ? "Drafted." : $"Drafted from v{basis}."));
        version.Editors = [by];
        return version;
    }

    /// <summary>A version that may be used at once: importing publishes.</summary>
    internal static BlockVersion Import(BlockId block, int number, BlockContent content, string yaml, string releaseNote, Actor by, DateTimeOffset at)
    {
        var version = new BlockVersion { Id = BlockVersionId.New(), BlockId = block, Number = number, CreatedBy = by, CreatedAt = at };
        version.Say(yaml, content);
        version.Must(version.Move(BlockVersionTrigger.Import, by, at, releaseNote));
        version.BecomePublished(releaseNote, by, at);
        return version;
    }

    /// <summary>Keeps what somebody wrote, errors and all. Only a draft changes.</summary>
    public Result Write(string yaml, BlockContent? content, Actor by)
    {
        if (Status is not BlockVersionStatus.Draft) return BlockErrors.Frozen(Number, Status);
        if (yaml == Yaml) return Result.Success;

        Say(yaml, content);
        Editors = [.. Editors.Where(editor => !editor.Is(by)), by];
        return Result.Success;
    }

    /// <summary>
    /// Refused with <c>SOD-5</c> to whoever edited last and to machines, with <c>block.digest-changed</c> when another text was read, and with
    /// <c>block.has-errors</c> while errors are left.
    /// </summary>
    internal Result Publish(Digest seen, string releaseNote, Actor by, DateTimeOffset at)
    {
        if (!BlockVersionMoves.Table.Allows(Status, BlockVersionTrigger.Publish)) return BlockVersionMoves.Table.Next(Status, BlockVersionTrigger.Publish).Error!;
        if (Said is null) return BlockErrors.HasErrors(Number);
        if (by.Kind is not ActorKind.Person || Editors.LastOrDefault(editor => editor.Kind is ActorKind.Person)?.Is(by) == true) return BlockErrors.EditorMayNotPublish;
        if (seen != Digest) return BlockErrors.DigestChanged(Number);

        BecomePublished(releaseNote, by, at);
        return Move(BlockVersionTrigger.Publish, by, at, releaseNote);
    }

    /// <summary>Models that use it keep it; whoever reads or writes one is warned, and told of the version that takes its place.</summary>
    public Result Retire(string reason, Actor by, DateTimeOffset at) => Move(BlockVersionTrigger.Retire, by, at, reason);

    /// <summary>Given up before it was ever published; kept for audit.</summary>
    public Result Discard(string reason, Actor by, DateTimeOffset at) => Move(BlockVersionTrigger.Discard, by, at, reason);

    /// <summary>Whether the content is the same, however it is written. Compared by meaning, since a digest was made by the DeployHub of its day.</summary>
    public bool Says(BlockContent content) => Digest == content.Digest || Said?.Digest == content.Digest;

    private void Say(string yaml, BlockContent? content) => (Yaml, Said, Digest) = (yaml, content, content?.Digest ?? Digest.OfText(yaml));

    private void BecomePublished(string releaseNote, Actor by, DateTimeOffset at) => (ReleaseNote, PublishedBy, PublishedAt) = (releaseNote, by, at);

    private Result Move(BlockVersionTrigger trigger, Actor by, DateTimeOffset at, string reason)
    {
        var next = BlockVersionMoves.Table.Next(Status, trigger);
        if (next.Error is { } error) return error;

        (Status, History) = (next.Value, [.. History, new BlockVersionMove(trigger, by, at, reason)]);
        return Result.Success;
    }

    private void Must(Result moved)
    {
        if (moved.Error is { } refusal) throw new InvalidOperationException($"v{Number} refused its own move: {refusal.Message}");
    }
}
