using System.Globalization;
using System.Text;

namespace DeployHub.Worker.Git;

/// <summary>
/// How the worker's git is run: with no settings of this machine or of its account, so that it does the same everywhere, and with those here,
/// which count more than what a repository says of itself.
/// </summary>
internal static class GitEnvironment
{
    /// <summary>What a repository says must not make this machine do anything: no hooks, no submodules, no links out of the folder, no question to a person.</summary>
    private static readonly (string Name, string Value)[] Settings =
    [
        ("core.hooksPath", "/dev/null"), ("core.symlinks", "false"), ("core.fsmonitor", "false"), ("core.attributesFile", "/dev/null"), ("credential.helper", ""), ("protocol.version", "2"),
        ("protocol.ext.allow", "never"), ("transfer.fsckObjects", "true"), ("submodule.recurse", "false"), ("fetch.recurseSubmodules", "false"), ("http.followRedirects", "initial"), ("gc.auto", "0"),
    ];

    /// <param name="protocols">Which may be spoken, with colons between.</param>
    /// <param name="ssh">The command that Git calls ssh by.</param>
    /// <param name="more">The last setting of a name counts.</param>
    public static Dictionary<string, string> Of(string protocols, string ssh, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] settings = [.. Settings, .. more];
        var environment = new Dictionary<string, string>
        {
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ALLOW_PROTOCOL"] = protocols,
            ["GIT_SSH_COMMAND"] = ssh,
            ["GIT_SSH_VARIANT"] = "ssh",
            ["GIT_CONFIG_COUNT"] = settings.Length.ToString(CultureInfo.InvariantCulture),
        };
        for (var i = 0; i < settings.Length; i++) (environment[$"GIT_CONFIG_KEY_{i}"], environment[$"GIT_CONFIG_VALUE_{i}"]) = settings[i];
        return environment;
    }

    /// <summary>A token is for the server that was named, so it follows no redirect.</summary>
    /// <param name="secret"><c>user:token</c>, or a token for which any user will do.</param>
    public static (string Name, string Value)[] SigningInWith(string secret)
    {
        var pair = secret.Contains(':', StringComparison.Ordinal) ? secret : $"git:{secret}";
        return [("http.followRedirects", "false"), ("http.extraHeader", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}")];
    }
}
