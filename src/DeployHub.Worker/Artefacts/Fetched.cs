namespace DeployHub.Worker.Artefacts;

/// <summary>A verified copy in the cache, which stays there until this is disposed of, or the trouble.</summary>
internal sealed class Fetched : IDisposable
{
    private readonly CachedFile? _file;

    public Fetched(CachedFile file) => _file = file;

    public Fetched(ArtefactTrouble trouble) => Trouble = trouble;

    public string? File => _file?.Path;

    public ArtefactTrouble? Trouble { get; }

    public void Dispose() => _file?.Dispose();
}
