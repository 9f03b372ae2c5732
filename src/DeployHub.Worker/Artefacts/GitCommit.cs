using System.ComponentModel;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Git;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Artefacts;

/// <summary>Fetches one commit of a repository with the worker's git, which compares every object with its hash.</summary>
internal static class GitCommit
{
    /// <summary>No file that git writes may be larger, in blocks of 512 bytes: a server may send without end.</summary>
    private const string MostBlocks = "4194304";

    /// <param name="folder">Holds the commit's files afterwards.</param>
    /// <returns>Null when it does.</returns>
    public static async Task<ArtefactTrouble?> FetchAsync(string repository, string commit, string? token, string folder, StepContext context, CancellationToken cancellationToken)
    {
        if (!DefinitionRules.IsRepository(repository)) return new ArtefactTrouble(HaltCause.ComponentMissing, $"“{repository}” is no repository that can be fetched: begin with https://, ssh:// or file://.");
        if (!DefinitionRules.IsCommit(commit)) return new ArtefactTrouble(HaltCause.ComponentMissing, $"“{commit}” is no whole hash of a commit.");
        if (token is not null && !repository.StartsWith("https://", StringComparison.Ordinal)) return new ArtefactTrouble(HaltCause.CredentialInvalid, $"A token is only sent over https, and {repository} begins otherwise.");

        var complaint = new GitComplaint();
        void Write(LogStream stream, string line)
        {
            complaint.Hear(line);
            context.Log.Write(stream, line);
        }

        var script = $"ulimit -f {MostBlocks}; git init -q --object-format=\"$FORMAT\" . && git fetch -q --depth 1 --no-tags \"$REPOSITORY\" \"$COMMIT\" && git checkout -q --detach FETCH_HEAD && [ \"$(git rev-parse HEAD)\" = \"$COMMIT\" ]";
        var environment = GitEnvironment.Of("https:ssh:file", "ssh -o BatchMode=yes", token is null ? [] : GitEnvironment.SigningInWith(token));
        (environment["REPOSITORY"], environment["COMMIT"], environment["FORMAT"]) = (repository, commit, commit.Length == 40 ? "sha1" : "sha256");
        Directory.CreateDirectory(folder);
        context.Log.Write(LogStream.Hub, $"git fetch {commit} of {repository}");
        try
        {
            var exitCode = await LocalProcess.RunAsync(["sh", "-c", script], environment, folder, context.Key, Write, cancellationToken);
            return exitCode switch
            {
                0 => null,
                127 => new ArtefactTrouble(HaltCause.PrerequisiteMissing, "There is no git on the worker: install it, or take the definition from a component."),
                _ => new ArtefactTrouble(HaltCause.ComponentMissing, $"Commit {commit} cannot be fetched from {repository}: {complaint.Text(exitCode)}."),
            };
        }
        catch (Win32Exception exception)
        {
            return new ArtefactTrouble(HaltCause.PrerequisiteMissing, $"git could not be started on the worker: {exception.Message}");
        }
    }
}
