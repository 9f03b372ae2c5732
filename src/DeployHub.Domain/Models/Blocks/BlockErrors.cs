namespace DeployHub.Domain.Models.Blocks;

/// <summary>Every way a block says no.</summary>
public static class BlockErrors
{
    public static readonly Error KeyTaken =
        new(ErrorKind.Conflict, "block.key-taken", "Somebody else wrote a block with this key a moment ago. Look at it, then decide.");

    public static readonly Error EditorMayNotPublish =
        new(ErrorKind.Forbidden, "SOD-5", "Whoever edited a block last may not publish it, nor may a machine (SOD-5): a second person reads it. Ask another deployment manager.")
        {
            WhoCould = "another deployment manager",
        };

    public static Error KeyInUse(string key) => Error.Invalid("block.key-in-use", "Key", $"There is a block “{key}” already. Choose another key, or draft the next version of that one.");

    public static Error DraftOpen(int number) =>
        new(ErrorKind.Conflict, "block.draft-open", $"v{number} is still a draft, and a block has one at a time: publish or discard it first.");

    public static Error Frozen(int number, BlockVersionStatus status) =>
        new(ErrorKind.Conflict, "block.frozen", $"v{number} is {Words.Of(status)}: only a draft changes. Draft the next version.");

    public static Error HasErrors(int number) => new(ErrorKind.Conflict, "block.has-errors", $"v{number} has errors: each place in the document says why.");

    public static Error DigestChanged(int number) => new(ErrorKind.Conflict, "block.digest-changed", $"v{number} was changed since you read it. Read it again, then decide.");

    public static Error Unchanged(int number, int published) =>
        new(ErrorKind.Conflict, "block.unchanged", $"v{number} says what v{published} says: nobody would gain by it. Change it, or discard it.");

    public static Error Outdated(int number, int newest) =>
        new(ErrorKind.Conflict, "block.outdated", $"v{newest} was published since v{number} was drafted, and versions never go backwards. Discard v{number}, and draft the next one from v{newest}.");

    public static Error DraftSaysSo(int number) =>
        new(ErrorKind.Conflict, "block.draft-says-so", $"v{number} says the same and is a draft: publish that, or discard it first.");

    public static Error NotFound(string key) => Error.NotFound("block", key);

    public static Error VersionNotFound(string key, int number) => Error.NotFound("block-version", $"{key} v{number}");

    public static Error KeyDiffers(string address, string document) => Error.Invalid(
        "block.key-differs", "block", $"The address says “{address}”, the document says “{document}”. A key never changes: make them equal.");

    /// <summary>Everything that stops the content from being published, by its place in the document.</summary>
    public static Error Remarked(IEnumerable<(string Path, string Sentence)> errors) =>
        new(ErrorKind.Invalid, "block.invalid", "The block cannot be published as it is; each place says why.")
        {
            Fields = errors.GroupBy(error => error.Path, error => error.Sentence).ToDictionary(place => place.Key, place => place.Distinct().ToArray()),
        };
}
