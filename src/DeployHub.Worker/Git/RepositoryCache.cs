using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Data;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Git;

/// <summary>
/// Repositories of model sources on this machine, one folder each below the data directory, so that only what is new is fetched. Any of them may be
/// removed at any time. Processes that share the directory use one at a time.
/// </summary>
internal sealed class RepositoryCache(IConfiguration configuration)
{
    private readonly string _root = Path.Combine(DataDirectory.Find(configuration) ?? Path.Combine(Path.GetTempPath(), $"deployhub-{System.Environment.UserName}"), "model-sources");

    /// <summary>Null while another process has it.</summary>
    public CachedRepository? Take(ModelSourceId source)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_root);
        else Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var folder = Path.Combine(_root, source.Value.ToString("N"));
            return new CachedRepository(folder, File.Open($"{folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }
}

/// <summary>One repository that this process has for itself. What a killed process left behind is not trusted and fetched anew.</summary>
internal sealed class CachedRepository : IDisposable
{
    private readonly FileStream _hold;
    private readonly bool _isLeftBehind;

    public CachedRepository(string folder, FileStream hold)
    {
        (Folder, _hold) = (folder, hold);
        _isLeftBehind = File.Exists(Unfinished);
    }

    public string Folder { get; }

    /// <summary>Whether anything was fetched before.</summary>
    public bool IsEmpty => !File.Exists(Path.Combine(Folder, "HEAD"));

    public long Bytes => new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>Whether a program that failed left half of something, which nobody else removes.</summary>
    public bool HasRemains => Directory.Exists(Objects) && Directory.EnumerateFiles(Objects, "tmp_*", SearchOption.AllDirectories).Any();

    /// <summary>Where secrets and what git says may lie while this process works; a killed process's are removed by the next.</summary>
    public string Work => $"{Folder}.work";

    private string Objects => Path.Combine(Folder, "objects");

    private string Unfinished => Path.Combine(Folder, "unfinished");

    /// <summary>From here on programs work in it, until <see cref="Finish"/>.</summary>
    /// <exception cref="GitRefusedException">A program that a killed process started writes there still.</exception>
    public void Begin()
    {
        if (Directory.Exists(Work)) Directory.Delete(Work, recursive: true);
        if (_isLeftBehind) Clear();
        else Directory.CreateDirectory(Folder);
        File.WriteAllText(Unfinished, "");
    }

    /// <summary>Everything that was fetched is thrown away.</summary>
    /// <exception cref="GitRefusedException">A program that a killed process started writes there still.</exception>
    public void Clear()
    {
        try
        {
            if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        }
        catch (IOException exception)
        {
            throw new GitRefusedException($"{Folder} holds what a lost worker left, and cannot be removed yet: {exception.Message}");
        }

        Directory.CreateDirectory(Folder);
        File.WriteAllText(Unfinished, "");
    }

    /// <summary>No program works in it any more, so that the next look may go on with it.</summary>
    public void Finish() => File.Delete(Unfinished);

    public void Dispose() => _hold.Dispose();
}
