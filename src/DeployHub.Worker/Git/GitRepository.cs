using System.ComponentModel;
using System.Globalization;
using System.Text;
using DeployHub.Features.Models.Sources;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Git;

/// <summary>A file of a commit.</summary>
/// <param name="Blob">Git's own hash of what is in it.</param>
internal sealed record FileInGit(string Path, string Blob, long Bytes);

/// <param name="Links">Symbolic links and submodules that lie below the folder: they are not followed.</param>
internal sealed record TreeInGit(IReadOnlyList<FileInGit> Files, int Links);

/// <summary>
/// A bare copy of a repository on this machine, read with the worker's git: no file is ever checked out, so nothing of a repository is written
/// anywhere but as Git's own objects, each of which is compared with its hash.
/// </summary>
internal sealed class GitRepository(CachedRepository cached, GitAccess access, GitOptions options)
{
    private const int MostCommits = 20;
    private const int BlocksInMiB = 2048;
    private const int LargestListMiB = 16;

    private static readonly TimeSpan PauseWhenTooLarge = TimeSpan.FromHours(1);

    private string _hashes = "sha1";

    /// <summary>Brings what is new of the branches; a branch that was deleted is deleted here, too. A server whose own history is cut off may be read.</summary>
    /// <param name="branches">Names or patterns with one *, the first of which has to be there.</param>
    /// <exception cref="GitRefusedException">It cannot be reached, is too large, or has no such branch.</exception>
    public async Task FetchAsync(IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        var wasEmpty = cached.IsEmpty;
        try
        {
            await FetchOnceAsync(branches, cancellationToken);
            if (!wasEmpty && IsTooLarge) await FetchAnewAsync(branches, cancellationToken); // many small fetches take more room than one
        }
        catch (GitRefusedException refused) when (refused.Pause > TimeSpan.Zero || cached.HasRemains)
        {
            cached.Clear();
            throw;
        }

        if (!IsTooLarge) return;

        cached.Clear();
        throw TooLarge();
    }

    /// <summary>The commit of each branch.</summary>
    public async Task<IReadOnlyDictionary<string, string>> HeadsAsync(CancellationToken cancellationToken) =>
        Lines(await ReadAsync(["for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads"], cancellationToken))
            .Select(line => line.Split(' ', 2)).ToDictionary(pair => pair[1], pair => pair[0]);

    /// <summary>False, too, when the earlier commit is not there at all: it is in no branch's history any more.</summary>
    public async Task<bool> IsAncestorAsync(string earlier, string later, CancellationToken cancellationToken)
    {
        if (await RunAsync(["cat-file", "-e", $"{earlier}^{{commit}}"], cancellationToken) is not (0, _)) return false;

        var complaint = new GitComplaint();
        var (exitCode, _) = await RunAsync(["merge-base", "--is-ancestor", earlier, later], cancellationToken, complaint);
        return exitCode switch { 0 => true, 1 => false, _ => throw Unreadable(complaint.Text(exitCode)) };
    }

    /// <summary>The last commit that both have in common; null when they have none.</summary>
    public async Task<string?> CommonAncestorAsync(string one, string other, CancellationToken cancellationToken) =>
        await RunAsync(["merge-base", one, other], cancellationToken) is (0, var output) ? Lines(output)[0] : null;

    /// <summary>What lies in a folder of a commit and below it; nothing when there is no such folder.</summary>
    public async Task<TreeInGit> TreeAsync(string commit, string folder, CancellationToken cancellationToken)
    {
        string[] below = folder.Length == 0 ? [] : ["--", folder + "/"];
        var (files, links) = (new List<FileInGit>(), 0);
        var listed = await ReadAsync(["ls-tree", "-r", "-z", "-l", "--full-tree", commit, .. below], cancellationToken, LargestListMiB, new(
            $"The list of the files in {(folder.Length == 0 ? "the repository" : folder)} has more than {LargestListMiB} MiB: choose a folder that holds models alone."));
        foreach (var entry in Encoding.UTF8.GetString(listed).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var (facts, path) = (entry[..entry.IndexOf('\t')].Split(' ', StringSplitOptions.RemoveEmptyEntries), entry[(entry.IndexOf('\t') + 1)..]);
            if (facts is not ["100644" or "100755" or "100664", "blob", _, _]) links++;
            else files.Add(new FileInGit(path, facts[2], long.Parse(facts[3], CultureInfo.InvariantCulture)));
        }

        return new TreeInGit(files, links);
    }

    public Task<byte[]> BlobAsync(string blob, CancellationToken cancellationToken) => ReadAsync(["cat-file", "blob", blob], cancellationToken);

    /// <summary>The commits that wrote a file since an earlier commit, newest first; the last one that did when none did since.</summary>
    public async Task<IReadOnlyList<FoundCommit>> CommitsOfAsync(string path, string commit, string? since, CancellationToken cancellationToken)
    {
        string[] range = since is null ? [commit] : [commit, $"^{since}"];
        var news = since is null ? [] : await LogAsync(MostCommits, range, path, cancellationToken);
        return news.Count > 0 ? news : await LogAsync(1, [commit], path, cancellationToken) is { Count: > 0 } last ? last : await LogAsync(1, [commit], null, cancellationToken);
    }

    private bool IsTooLarge => cached.Bytes > options.LargestRepositoryMiB * 1024L * 1024;

    private async Task FetchOnceAsync(IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        if (cached.IsEmpty) await ReadAsync(["init", "-q", "--bare", "--template=", $"--object-format={_hashes}", "."], cancellationToken);
        var references = branches.Select(branch => $"+refs/heads/{branch}:refs/heads/{branch}");
        try
        {
            await ReadAsync(["fetch", "-q", "--prune", "--no-tags", "--no-recurse-submodules", "--update-shallow", "--no-write-fetch-head", access.Address.Text, .. references], cancellationToken);
        }
        catch (GitRefusedException refused) when (refused.Message.Contains("mismatched algorithms", StringComparison.Ordinal) && _hashes is "sha1")
        {
            _hashes = "sha256";
            await FetchAnewAsync(branches, cancellationToken);
        }
        catch (GitRefusedException refused) when (refused.Message.Contains("couldn't find remote ref", StringComparison.Ordinal))
        {
            throw new GitRefusedException($"{access.Address.Text} has no branch {branches[0]}.");
        }
    }

    private Task FetchAnewAsync(IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        cached.Clear();
        return FetchOnceAsync(branches, cancellationToken);
    }

    private async Task<IReadOnlyList<FoundCommit>> LogAsync(int most, string[] range, string? path, CancellationToken cancellationToken)
    {
        string[] only = path is null ? [] : ["--", path];
        var output = await ReadAsync(["log", $"--max-count={most}", "--encoding=UTF-8", "--no-show-signature", "--format=%H%x00%ae%x00%an%x00%ce%x00%s", .. range, .. only], cancellationToken);
        return [.. Lines(output).Select(line => line.Split('\0')).Where(parts => parts.Length == 5).Select(parts => new FoundCommit(parts[0], parts[2], parts[1], parts[4], parts[3]))];
    }

    private static string[] Lines(byte[] output) => Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <param name="mostMiB">That git may write; as much as a repository may have unless told.</param>
    /// <param name="whenMore">Why no more is read; the repository is too large unless told.</param>
    private async Task<byte[]> ReadAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, int? mostMiB = null, GitRefusedException? whenMore = null)
    {
        var complaint = new GitComplaint();
        var (exitCode, output) = await RunAsync(arguments, cancellationToken, complaint, mostMiB);
        return exitCode switch
        {
            0 => output,
            127 => throw new GitRefusedException("There is no git on this worker: install it."),
            _ when complaint.Text(exitCode) is var text && IsCutOff(exitCode, text) => throw whenMore ?? TooLarge(),
            _ => throw Unreadable(complaint.Text(exitCode)),
        };
    }

    /// <summary>What it writes to its output goes into a file, for it may be anything: a text is kept to the byte.</summary>
    private async Task<(int ExitCode, byte[] Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, GitComplaint? complaint = null, int? mostMiB = null)
    {
        var output = Path.Combine(access.Folder, "output");
        var most = ((long)(mostMiB ?? options.LargestRepositoryMiB) * BlocksInMiB).ToString(CultureInfo.InvariantCulture);
        var environment = new Dictionary<string, string>(access.Environment) { ["OUTPUT"] = output, ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(cached.Folder)! }; // no other repository around it
        try
        {
            string[] command = ["sh", "-c", $"ulimit -f {most}; exec git \"$@\" > \"$OUTPUT\"", "git", .. arguments];
            var exitCode = await LocalProcess.RunAsync(command, environment, cached.Folder, "model-source", (_, line) => complaint?.Hear(line), cancellationToken);
            return (exitCode, await File.ReadAllBytesAsync(output, cancellationToken));
        }
        catch (Win32Exception exception)
        {
            throw new GitRefusedException($"git could not be started on this worker: {exception.Message}");
        }
    }

    /// <summary>The system ends a program that writes a larger file than it may.</summary>
    private static bool IsCutOff(int exitCode, string complaint) =>
        exitCode is 128 + 25 || complaint.Contains("signal 25", StringComparison.Ordinal) || complaint.Contains("File too large", StringComparison.Ordinal);

    private GitRefusedException Unreadable(string complaint) => new($"{access.Address.Text} cannot be read: {complaint}.");

    private GitRefusedException TooLarge() =>
        new($"{access.Address.Text} has more than {options.LargestRepositoryMiB} MiB with its history, and a source has at most that: "
            + "keep models in a repository of their own, or raise DeployHub__Worker__Git__LargestRepositoryMiB.")
        { Pause = PauseWhenTooLarge };
}
