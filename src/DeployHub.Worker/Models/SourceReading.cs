using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Sources;
using DeployHub.Worker.Git;

namespace DeployHub.Worker.Models;

/// <summary>One branch of a source as it is in Git now.</summary>
/// <param name="Files">The documents that it has something to say of: all of the source's own branch, and of another one those that it changed.</param>
/// <param name="Unchanged">Paths of which it says what the source's branch said when they parted.</param>
/// <param name="Since">The commit that was looked at before; null for the first time, and when that is not in its history.</param>
internal sealed record BranchInGit(string Name, string Commit, IReadOnlyList<FileInGit> Files, IReadOnlySet<string> Unchanged, string? Since)
{
    private const int LongestName = 200;

    /// <summary>What became of documents that are known and are not among the files.</summary>
    public (IReadOnlyList<string> Gone, IReadOnlyList<string> Unconcerned) Missing(IEnumerable<string> known)
    {
        var missing = known.Except(Files.Select(file => file.Path)).ToList();
        return ([.. missing.Where(path => !Unchanged.Contains(path))], [.. missing.Where(Unchanged.Contains)]);
    }

    /// <param name="shown">Makes of what others wrote what may be stored and shown.</param>
    public async Task<FoundText> TextOfAsync(GitRepository repository, FileInGit file, Func<string, string> shown, CancellationToken cancellationToken)
    {
        var bytes = file.Bytes <= ModelDocument.LargestBytes ? await repository.BlobAsync(file.Blob, cancellationToken) : null;
        var commits = await repository.CommitsOfAsync(file.Path, Commit, Since, cancellationToken);
        return new FoundText(Name, file.Path, file.Blob, bytes, [.. commits.Select(Shown)]);

        FoundCommit Shown(FoundCommit commit) => commit with { Author = Words.Beginning(shown(commit.Author), LongestName), Email = shown(commit.Email), Committer = shown(commit.Committer), Subject = shown(commit.Subject) };
    }
}

/// <summary>What a look into Git found, before anything is taken.</summary>
internal sealed class SourceReading
{
    /// <summary>Of one branch. More are not a folder of models.</summary>
    public const int MostDocuments = 200;

    /// <summary>That make drafts, beside the source's own.</summary>
    public const int MostBranches = 50;

    private readonly List<string> _news = [];
    private readonly List<BranchInGit> _branches = [];
    private readonly Dictionary<string, string> _unreadable = [];
    private readonly Dictionary<string, string> _stays = [];
    private int _links;
    private bool _hasMoreBranches;
    private bool _hasOddBranches;

    private SourceReading(string head) => Head = head;

    /// <summary>Of the source's own branch.</summary>
    public string Head { get; }

    /// <summary>Null unless a person has to decide first; nothing else was read then.</summary>
    public RewrittenHistory? Rewritten { get; private init; }

    public IReadOnlyList<BranchInGit> Branches => _branches;

    /// <summary>What is worth telling besides documents.</summary>
    public IReadOnlyList<string> News => _news;

    /// <summary>Of branches that could not be read: what is known of them stays.</summary>
    public IReadOnlyCollection<string> Unreadable => _unreadable.Keys;

    /// <summary>The commit up to which each branch was looked at; one that could not be read is where it was.</summary>
    public IReadOnlyDictionary<string, string> Heads =>
        _branches.Select(branch => KeyValuePair.Create(branch.Name, branch.Commit)).Concat(_stays).ToDictionary(pair => pair.Key, pair => pair.Value);

    public string? LeftOut => string.Join(' ', Sentences()) is { Length: > 0 } text ? text : null;

    /// <param name="before">The commit of each branch that was looked at.</param>
    /// <param name="accepted">From which a person decided to go on.</param>
    /// <exception cref="GitRefusedException">The repository cannot be read, or is not what a source may be.</exception>
    public static async Task<SourceReading> ReadAsync(
        GitRepository repository, SourceSettings settings, IReadOnlyDictionary<string, string> before, string? accepted, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await repository.FetchAsync(settings.DraftBranches is { } pattern ? [settings.Branch, pattern] : [settings.Branch], cancellationToken);
        var heads = await repository.HeadsAsync(cancellationToken);
        var head = heads[settings.Branch];
        var was = before.GetValueOrDefault(settings.Branch);
        var isRewritten = was is not null && !await repository.IsAncestorAsync(was, head, cancellationToken);
        if (isRewritten && (accepted is null || !await repository.IsAncestorAsync(accepted, head, cancellationToken)))
            return new SourceReading(head) { Rewritten = new RewrittenHistory(settings.Branch, was!, head, at) };

        var reading = new SourceReading(head);
        if (was is not null && was != head) reading._news.Add($"{settings.Branch} is at {ModelOrigin.Shortened(head)}");
        await reading.AddOwnAsync(repository, settings, head, isRewritten ? null : was, cancellationToken);
        var others = heads.Where(branch => settings.MakesDraftsOf(branch.Key)).OrderBy(branch => branch.Key, StringComparer.Ordinal).ToLookup(branch => GitNames.IsBranch(branch.Key));
        (reading._hasMoreBranches, reading._hasOddBranches) = (others[true].Count() > MostBranches, others[false].Any());
        foreach (var (name, commit) in others[true].Take(MostBranches)) await reading.TryAddAsync(repository, settings, name, commit, before.GetValueOrDefault(name), cancellationToken);
        return reading;
    }

    private async Task AddOwnAsync(GitRepository repository, SourceSettings settings, string head, string? since, CancellationToken cancellationToken) =>
        _branches.Add(new BranchInGit(settings.Branch, head, await DocumentsAsync(repository, settings, settings.Branch, head, cancellationToken), new HashSet<string>(), since));

    /// <summary>What somebody pushes to a branch of drafts stops no other branch.</summary>
    private async Task TryAddAsync(GitRepository repository, SourceSettings settings, string name, string commit, string? was, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(repository, settings, name, commit, was, cancellationToken);
        }
        catch (GitRefusedException refused)
        {
            _unreadable[name] = refused.Message;
            if (was is not null) _stays[name] = was;
        }
    }

    /// <summary>A branch holds every document, and has something to say of those only that it changed since it parted from the source's own.</summary>
    private async Task AddAsync(GitRepository repository, SourceSettings settings, string name, string commit, string? was, CancellationToken cancellationToken)
    {
        var files = await DocumentsAsync(repository, settings, name, commit, cancellationToken);
        var parted = await repository.CommonAncestorAsync(Head, commit, cancellationToken) ?? Head;
        var then = (await repository.TreeAsync(parted, settings.Folder, cancellationToken)).Files.ToDictionary(file => file.Path, file => file.Blob);
        var changed = files.ToLookup(file => then.GetValueOrDefault(file.Path) != file.Blob);
        var follows = was is not null && await repository.IsAncestorAsync(was, commit, cancellationToken);
        if (was is not null && !follows) _news.Add($"the history of {name} was rewritten");
        _branches.Add(new BranchInGit(name, commit, [.. changed[true]], changed[false].Select(file => file.Path).ToHashSet(), follows ? was : parted));
    }

    private async Task<IReadOnlyList<FileInGit>> DocumentsAsync(GitRepository repository, SourceSettings settings, string branch, string commit, CancellationToken cancellationToken)
    {
        var tree = await repository.TreeAsync(commit, settings.Folder, cancellationToken);
        if (branch == settings.Branch) _links = tree.Links;
        var documents = tree.Files.Where(file => IsDocument(file.Path, settings.Folder)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        var where = settings.Folder.Length == 0 ? "the repository" : settings.Folder;
        return documents.Count <= MostDocuments ? documents
            : throw new GitRefusedException($"There are {documents.Count} documents in {where} on {branch}, and a source has at most {MostDocuments}: choose a folder that holds models alone.");
    }

    /// <summary>What begins with a dot is for other programs, and a path that cannot be shown is for nobody.</summary>
    private static bool IsDocument(string path, string folder) =>
        (path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        && path.Length <= 500 && !path.Any(letter => char.IsControl(letter) || letter is '\uFFFD')
        && !path[folder.Length..].Split('/').Any(part => part.StartsWith('.'));

    private IEnumerable<string> Sentences()
    {
        if (_links > 0) yield return $"{(_links == 1 ? "A symbolic link or submodule is" : $"{_links} symbolic links and submodules are")} not followed.";
        if (_hasMoreBranches) yield return $"More than {MostBranches} branches make drafts; the first {MostBranches} by name are looked at.";
        if (_unreadable.Count > 0)
            yield return $"{(_unreadable.Count == 1 ? "A branch is" : $"{_unreadable.Count} branches are")} left out, such as {_unreadable.First().Key}: {_unreadable.First().Value}";
        if (_hasOddBranches) yield return $"Branches with unusual names are left out. {GitNames.BranchRule}";
    }
}
