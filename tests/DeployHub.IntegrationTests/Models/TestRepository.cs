using System.Diagnostics;
using System.Text;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>A real bare repository on this machine, with somebody's clone of it to write in. A worker reads it over SSH.</summary>
internal sealed class TestRepository : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deployhub-repository-").FullName;
    private readonly TestSshd _sshd;

    private TestRepository(TestSshd sshd) => _sshd = sshd;

    public string Address => $"ssh://{System.Environment.UserName}@{_sshd.Address}:{_sshd.Port}{Bare}";

    public string Bare => Path.Combine(_folder, "models.git");

    private string Clone => Path.Combine(_folder, "clone");

    public static async Task<TestRepository> MakeAsync(TestSshd sshd)
    {
        var repository = new TestRepository(sshd);
        Directory.CreateDirectory(repository.Clone);
        await repository.GitAsync("init", "-q", "--bare", "-b", "main", repository.Bare);
        await repository.GitAsync("init", "-q", "-b", "main", ".");
        await repository.GitAsync("remote", "add", "origin", repository.Bare);
        return repository;
    }

    /// <summary>Writes files, commits and pushes them on the branch that is checked out.</summary>
    /// <param name="files">Their paths and texts, to the byte; null deletes.</param>
    /// <returns>The commit's hash.</returns>
    public async Task<string> CommitAsync(string message, params (string Path, string? Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(Clone, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (text is null) File.Delete(file);
            else await File.WriteAllBytesAsync(file, Encoding.UTF8.GetBytes(text));
        }

        return await CommitAsync(message);
    }

    public async Task<string> CommitAsync(string message)
    {
        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "-m", message);
        return await PushAsync();
    }

    public Task LinkAsync(string path, string target)
    {
        File.CreateSymbolicLink(Path.Combine(Clone, path), target);
        return Task.CompletedTask;
    }

    public Task BranchAsync(string name) => GitAsync("checkout", "-q", "-b", name);

    public Task CheckOutAsync(string name) => GitAsync("checkout", "-q", name);

    public async Task<string> MergeAsync(string name)
    {
        await GitAsync("merge", "-q", "--no-ff", "-m", $"Merge {name}", name);
        return await PushAsync();
    }

    public Task DeleteBranchAsync(string name) => GitAsync("push", "-q", "origin", "--delete", name);

    /// <summary>As if the last commits had never been.</summary>
    public Task ForgetCommitsAsync(int count) => GitAsync("reset", "-q", "--hard", $"HEAD~{count}");

    public async Task<string> GitAsync(params string[] arguments)
    {
        string[] settings = ["-c", "user.name=Milo Miller", "-c", "user.email=milo@git.example", "-c", "core.autocrlf=false", "-c", "commit.gpgsign=false"];
        using var git = Process.Start(new ProcessStartInfo("git", [.. settings, .. arguments]) { WorkingDirectory = Clone, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (git.StandardOutput.ReadToEndAsync(), git.StandardError.ReadToEndAsync());
        await git.WaitForExitAsync();
        git.ExitCode.ShouldBe(0, $"git {string.Join(' ', arguments)}: {await errors}");
        return (await output).Trim();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> PushAsync()
    {
        await GitAsync("push", "-q", "--force", "-u", "origin", "HEAD");
        return await GitAsync("rev-parse", "HEAD");
    }
}
