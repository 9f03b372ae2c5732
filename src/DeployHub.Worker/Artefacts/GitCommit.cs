using System.ComponentModel;
using System.Text;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Artefacts;

/// <summary>Fetches one commit of a repository with the worker's git, which compares every object with its hash.</summary>
internal static class GitCommit
{
    /// <summary>No file that git writes may be larger, in blocks of 512 bytes: a server may send without end.</summary>
    private const string MostBlocks = "4194304";

    /// <summary>What a repository says must not make this machine do anything: no hooks, no submodules, no links out of the folder, no question to a person.</summary>
    private static readonly (string Name, string Value)[] Settings =
        [("core.hooksPath", "/dev/null"), ("core.symlinks", "false"), ("protocol.version", "2"), ("transfer.fsckObjects", "true"), ("submodule.recurse", "false"), ("http.followRedirects", "initial"), ("gc.auto", "0")];

    /// <param name="folder">Holds the commit's files afterwards.</param>
    /// <returns>Null when it does.</returns>
    public static async Task<ArtefactTrouble?> FetchAsync(string repository, string commit, string? token, string folder, StepContext context, CancellationToken cancellationToken)
    {
        if (!DefinitionRules.IsRepository(repository)) return new ArtefactTrouble(HaltCause.ComponentMissing, $"“{repository}” is no repository that can be fetched: begin with https://, ssh:// or file://.");
        if (!DefinitionRules.IsCommit(commit)) return new ArtefactTrouble(HaltCause.ComponentMissing, $"“{commit}” is no whole hash of a commit.");
        if (token is not null && !repository.StartsWith("https://", StringComparison.Ordinal)) return new ArtefactTrouble(HaltCause.CredentialInvalid, $"A token is only sent over https, and {repository} begins otherwise.");

        string? complaint = null;
        void Write(LogStream stream, string line)
        {
            if (line.StartsWith("fatal: ", StringComparison.Ordinal)) complaint ??= line["fatal: ".Length..];
            context.Log.Write(stream, line);
        }

        var script = $"ulimit -f {MostBlocks}; git init -q --object-format=\"$FORMAT\" . && git fetch -q --depth 1 --no-tags \"$REPOSITORY\" \"$COMMIT\" && git checkout -q --detach FETCH_HEAD && [ \"$(git rev-parse HEAD)\" = \"$COMMIT\" ]";
        var environment = Environment(token);
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
                _ => new ArtefactTrouble(HaltCause.ComponentMissing, $"Commit {commit} cannot be fetched from {repository}{(complaint is null ? $": exit code {exitCode}." : $": {complaint.Trim().TrimEnd('.')}.")}"),
            };
        }
        catch (Win32Exception exception)
        {
            return new ArtefactTrouble(HaltCause.PrerequisiteMissing, $"git could not be started on the worker: {exception.Message}");
        }
    }

    /// <summary>A token is for the server that was named, so it follows no redirect; the last setting counts.</summary>
    private static Dictionary<string, string> Environment(string? token)
    {
        var settings = token is null ? Settings : [.. Settings, ("http.followRedirects", "false"), ("http.extraHeader", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"git:{token}"))}")];
        var environment = new Dictionary<string, string>
        {
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ALLOW_PROTOCOL"] = "https:ssh:file",
            ["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes",
            ["GIT_CONFIG_COUNT"] = settings.Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < settings.Length; i++) (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = settings[i];
        return environment;
    }
}
