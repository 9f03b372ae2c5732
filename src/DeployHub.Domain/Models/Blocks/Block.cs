using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models.Blocks;

/// <summary>
/// An entry of the step library: steps that several models share. What it says is in its versions, v1, v2 …; a model names one of them by its
/// number, so that a later one never alters the model.
/// </summary>
public sealed class Block
{
    private Block() { }

    public BlockId Id { get; private init; }

    /// <summary>Unique, stands in documents and addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    /// <summary>How many versions were ever made. Two drafts or imports at once collide here, so that a number is given once.</summary>
    public int LatestNumber { get; private set; }

    /// <summary>Number of the version that was published last; 0 before the first.</summary>
    public int CurrentNumber { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public static Block Plan(string key, string name, string purpose, DateTimeOffset at) => new() { Id = BlockId.New(), Key = key, Name = name, Purpose = purpose, CreatedAt = at };

    /// <summary>Begins the next version. Refused with <c>block.draft-open</c> while another one is neither published nor discarded.</summary>
    /// <param name="open">The version that is a draft now.</param>
    public Result<BlockVersion> Draft(BlockVersion? open, int? basis, string yaml, BlockContent? content, Actor by, DateTimeOffset at) =>
        open is not null ? BlockErrors.DraftOpen(open.Number) : BlockVersion.Draft(Id, ++LatestNumber, basis, yaml, content, by, at);

    /// <summary>
    /// Brings a draft into the library, which names the block from now on. Refused with <c>block.unchanged</c> when the version that was published
    /// last says the same.
    /// </summary>
    /// <param name="last">That one; null before the first.</param>
    /// <param name="seen">Digest of the text that was read.</param>
    public Result Publish(BlockVersion version, BlockVersion? last, Digest seen, string releaseNote, Actor by, DateTimeOffset at)
    {
        if (CurrentNumber > version.Number) return BlockErrors.Outdated(version.Number, CurrentNumber);
        if (last is not null && last.Digest == version.Digest) return BlockErrors.Unchanged(version.Number, last.Number);

        var published = version.Publish(seen, releaseNote, by, at);
        if (published.Error is null) Become(version.Content, version.Number);
        return published;
    }

    /// <summary>Publishes the content as the next version.</summary>
    public BlockVersion Import(BlockContent content, string yaml, string releaseNote, Actor by, DateTimeOffset at)
    {
        Become(content, ++LatestNumber);
        return BlockVersion.Import(Id, LatestNumber, content, yaml, releaseNote, by, at);
    }

    private void Become(BlockContent content, int number) => (Name, Purpose, CurrentNumber) = (content.Name, content.Purpose, number);
}
