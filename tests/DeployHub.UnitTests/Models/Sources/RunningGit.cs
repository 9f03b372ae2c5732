using System.Text;
using DeployHub.Worker.Git;
using DeployHub.Worker.Models;

namespace DeployHub.UnitTests.Models.Sources;

/// <summary>What a repository may make a worker do: nothing.</summary>
public sealed class RunningGit
{
    [Fact]
    public void Git_knows_no_settings_but_these()
    {
        var environment = GitEnvironment.Of("ssh", "ssh -F none");

        environment["GIT_CONFIG_NOSYSTEM"].ShouldBe("1");
        environment["GIT_CONFIG_GLOBAL"].ShouldBe("/dev/null");
        environment["GIT_TERMINAL_PROMPT"].ShouldBe("0");
        environment["GIT_ALLOW_PROTOCOL"].ShouldBe("ssh");
        environment["GIT_SSH_COMMAND"].ShouldBe("ssh -F none");
        var settings = SettingsOf(environment);
        settings["core.hooksPath"].ShouldBe("/dev/null");
        settings["core.symlinks"].ShouldBe("false");
        settings["protocol.ext.allow"].ShouldBe("never");
        settings["submodule.recurse"].ShouldBe("false");
        settings["transfer.fsckObjects"].ShouldBe("true");
        settings["credential.helper"].ShouldBe("");
        settings.ShouldNotContainKey("http.extraHeader");
    }

    [Theory]
    [InlineData("t0ken", "git:t0ken")]
    [InlineData("oauth2:t0ken", "oauth2:t0ken")]
    public void A_token_goes_to_the_server_that_was_named_and_nowhere_else(string secret, string sent)
    {
        var settings = SettingsOf(GitEnvironment.Of("https", "ssh", GitEnvironment.SigningInWith(secret)));

        settings["http.followRedirects"].ShouldBe("false");
        settings["http.extraHeader"].ShouldBe($"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(sent))}");
    }

    [Theory]
    [InlineData("remote: Repository not found.|fatal: repository 'https://x' not found", "Repository not found.; repository 'https://x' not found")]
    [InlineData("ERROR: Repository not found.|fatal: Could not read from remote repository.||Please make sure", "Repository not found.; Could not read from remote repository")]
    [InlineData("remote: |fatal: bad object|fatal: another", "bad object")]
    [InlineData("Killed", "exit code 137")]
    public void Of_what_git_says_the_lines_are_told_that_help(string said, string told)
    {
        var complaint = new GitComplaint();
        foreach (var line in said.Split('|')) complaint.Hear(line);

        complaint.Text(137).ShouldBe(told);
    }

    [Fact]
    public void Of_documents_that_are_missing_those_are_gone_that_are_nowhere()
    {
        var branch = new BranchInGit("models/x", "c1", [new FileInGit("a.yaml", "b1", 10)], new HashSet<string> { "b.yaml" }, null);

        var (gone, unconcerned) = branch.Missing(["a.yaml", "b.yaml", "c.yaml"]);
        (gone.ShouldHaveSingleItem(), unconcerned.ShouldHaveSingleItem()).ShouldBe(("c.yaml", "b.yaml"));
    }

    /// <summary>Git takes the last of each name.</summary>
    private static Dictionary<string, string> SettingsOf(Dictionary<string, string> environment)
    {
        var settings = new Dictionary<string, string>();
        for (var i = 0; i < int.Parse(environment["GIT_CONFIG_COUNT"], System.Globalization.CultureInfo.InvariantCulture); i++) settings[environment[$"GIT_CONFIG_KEY_{i}"]] = environment[$"GIT_CONFIG_VALUE_{i}"];
        return settings;
    }
}
