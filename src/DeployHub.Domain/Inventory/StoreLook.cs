using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>
/// A question about a definitive store. Only workers read stores, so a worker answers a moment later. State is the queue: it is taken for as long as a
/// look may last. It is no record, and gone an hour after it was asked.
/// </summary>
public sealed class StoreLook
{
    /// <summary>How many files of a folder are told.</summary>
    public const int MostFiles = 500;

    /// <summary>How long a question and its answer are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private StoreLook() { }

    public StoreLookId Id { get; private init; }

    public StoreId StoreId { get; private init; }

    public StoreQuestion Question { get; private init; }

    /// <summary>Below the store's location; empty for the location itself.</summary>
    public string Path { get; private init; } = "";

    public Actor AskedBy { get; private init; } = Actor.System;

    public DateTimeOffset AskedAt { get; private init; }

    /// <summary>When a worker may take it; null once it is answered.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Rises with each take: what a worker answers that has lost it counts for nothing.</summary>
    public int Fence { get; private set; }

    /// <summary>Null while nobody has answered.</summary>
    public StoreAnswer? Answer { get; private set; }

    public static StoreLook Ask(StoreId store, StoreQuestion question, string path, Actor by, DateTimeOffset at) =>
        new() { Id = StoreLookId.New(), StoreId = store, Question = question, Path = path, AskedBy = by, AskedAt = at, DueAt = at };

    /// <param name="lease">How long the look may last before another worker takes it.</param>
    /// <returns>The fence to answer it with.</returns>
    public int Take(TimeSpan lease, DateTimeOffset at)
    {
        DueAt = at + lease;
        return ++Fence;
    }

    /// <summary>True when the answer counts; false when another worker has taken it since.</summary>
    public bool Settle(int fence, StoreAnswer answer)
    {
        if (fence != Fence || Answer is not null) return false;

        (Answer, DueAt) = (answer, null);
        return true;
    }
}
