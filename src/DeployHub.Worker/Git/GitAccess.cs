using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Sources;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Git;

/// <summary>
/// How git reaches one repository: by SSH with the pinned host key and the named secret, over https with the named token, or on this machine's
/// disk where its operator allows that. Secrets lie in a folder that only this account can read, until this is disposed.
/// </summary>
internal sealed class GitAccess : IDisposable
{
    private readonly OpenSshAccess? _ssh;

    private GitAccess(RepositoryAddress address, string folder, OpenSshAccess? ssh, params (string Name, string Value)[] settings)
    {
        (Address, Folder, _ssh) = (address, folder, ssh);
        var command = string.Join(' ', ((string[])["ssh", .. ssh?.Arguments ?? ["-o", "BatchMode=yes"]]).Select(RemoteCommand.Quoted));
        Environment = GitEnvironment.Of(address.Kind.ToString().ToLowerInvariant(), command, settings);
        foreach (var (name, value) in ssh?.Environment ?? []) Environment[name] = value;
        Environment["HOME"] = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName; // not this account's own, with its keys and settings
        Environment["GIT_LITERAL_PATHSPECS"] = "1";
    }

    public RepositoryAddress Address { get; }

    /// <summary>What git must find in its environment.</summary>
    public Dictionary<string, string> Environment { get; }

    /// <summary>Where what git says may lie for a moment.</summary>
    public string Folder { get; }

    /// <param name="folder">Made, and removed with what lies in it when this is disposed.</param>
    /// <exception cref="GitRefusedException">A secret is unknown, or the repository's folder may not be read.</exception>
    /// <exception cref="HostRefusedException">Unreachable, another host key, or not let in.</exception>
    public static async Task<GitAccess> PrepareAsync(SourceSettings settings, string folder, SshHosts hosts, ISecrets secrets, GitOptions options, CancellationToken cancellationToken)
    {
        var address = RepositoryAddress.Parse(settings.Repository).Value;
        if (address.Kind is RepositoryKind.File) RefuseUnlessAllowed(address.Path, options.Folders);
        Directory.CreateDirectory(folder); // in one that only this account can enter
        try
        {
            return address.Kind switch
            {
                RepositoryKind.Ssh => new GitAccess(address, folder, await SshAsync(address, settings, Path.Combine(folder, "ssh"), hosts, secrets, cancellationToken)),
                RepositoryKind.Https when settings.Credential is { } name => new GitAccess(address, folder, null, GitEnvironment.SigningInWith(await SecretAsync(name, secrets, cancellationToken))),
                _ => new GitAccess(address, folder, null, ("http.followRedirects", "false")), // a redirect could lead to where nobody wanted to look
            };
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        _ssh?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Task<OpenSshAccess> SshAsync(RepositoryAddress address, SourceSettings settings, string folder, SshHosts hosts, ISecrets secrets, CancellationToken cancellationToken)
    {
        var host = new SshConnection(address.Host, address.Port, address.User, settings.HostKey ?? "", settings.Credential ?? "", "/") { Passphrase = settings.Passphrase };
        return hosts.PrepareProgramAsync(host, folder, secrets, cancellationToken);
    }

    private static async Task<string> SecretAsync(string name, ISecrets secrets, CancellationToken cancellationToken) =>
        await secrets.FindAsync(name, cancellationToken)
            ?? throw new GitRefusedException($"This worker knows no secret named “{name}”. Set DeployHub__Secrets__{name} for it, or put a file of that name into its secrets directory.");

    /// <summary>A page may not read what its worker can: only below folders that the worker's operator named, and by no link out of them.</summary>
    private static void RefuseUnlessAllowed(string path, string folders)
    {
        var allowed = folders.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(folder => folder.TrimEnd('/') + "/");
        if (!allowed.Any(folder => (path + "/").StartsWith(folder, StringComparison.Ordinal)))
            throw new GitRefusedException($"This worker reads no repository at {path} of its own disk. Whoever operates it may allow a folder: DeployHub__Worker__Git__Folders.");
        if (Ancestors(path).FirstOrDefault(folder => new DirectoryInfo(folder).LinkTarget is not null) is { } link)
            throw new GitRefusedException($"{link} is a link, and a repository on the worker's disk is reached by none.");
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var folder = path.TrimEnd('/'); folder is { Length: > 1 }; folder = Path.GetDirectoryName(folder)) yield return folder;
    }
}
