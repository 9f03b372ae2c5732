namespace DeployHub.Worker.Artefacts.Stores;

/// <param name="Length">Bytes, when the store says so before the first one; it may be wrong.</param>
/// <param name="Note">What else was found, for the record.</param>
internal sealed record StoredContent(Stream Bytes, long? Length, string? Note = null) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Bytes.DisposeAsync();
}
