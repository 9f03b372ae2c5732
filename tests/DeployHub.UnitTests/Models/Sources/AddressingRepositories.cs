using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models.Sources;

namespace DeployHub.UnitTests.Models.Sources;

public sealed class AddressingRepositories
{
    private const string HostKey = "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly SourceSettings Plain = new("Platform models", "https://git.example.com/platform/models.git", "main", "deploy/models") { EveryMinutes = 15 };

    [Theory]
    [InlineData("https://git.example.com/platform/models.git", RepositoryKind.Https, "git.example.com", 443, "")]
    [InlineData("https://git.example.com:8443/platform/models", RepositoryKind.Https, "git.example.com", 8443, "")]
    [InlineData("ssh://git@git.example.com/platform/models.git", RepositoryKind.Ssh, "git.example.com", 22, "git")]
    [InlineData("ssh://deploy.user@127.0.0.1:2222/srv/git/models.git", RepositoryKind.Ssh, "127.0.0.1", 2222, "deploy.user")]
    [InlineData("git@git.example.com:platform/models.git", RepositoryKind.Ssh, "git.example.com", 22, "git")]
    [InlineData("git@git.example.com:/srv/git/models.git", RepositoryKind.Ssh, "git.example.com", 22, "git")]
    [InlineData("file:///srv/git/models.git", RepositoryKind.File, "", 0, "")]
    public void What_Git_can_reach_is_understood(string text, RepositoryKind kind, string host, int port, string user)
    {
        var address = RepositoryAddress.Parse(text).Value;

        (address.Kind, address.Host, address.Port, address.User, address.Text).ShouldBe((kind, host, port, user, text));
    }

    [Theory]
    [InlineData("", "Say where")]
    [InlineData(null, "Say where")]
    [InlineData("http://git.example.com/models.git", "anybody on the way")]
    [InlineData("https://token@git.example.com/models.git", "put it into a secret")]
    [InlineData("https://user:token@git.example.com/models.git", "put it into a secret")]
    [InlineData("https://git.example.com/models.git?x=1", "no query")]
    [InlineData("https://git.example.com/models.git#main", "no query")]
    [InlineData("https://git.example.com", "no address")]
    [InlineData("https://", "no address")]
    [InlineData("ssh://git.example.com/models.git", "as whom")]
    [InlineData("ssh://git:word@git.example.com/models.git", "password")]
    [InlineData("ssh://-oProxyCommand=touch@git.example.com/models.git", "as whom")]
    [InlineData("ssh://git@-oProxyCommand=touch/models.git", "no address")]
    [InlineData("git@-oProxyCommand:models.git", "no address")]
    [InlineData("git@git.example.com:-upload-pack", "no address")]
    [InlineData("-oProxyCommand=x@git.example.com:models.git", "no address")]
    [InlineData("ext::sh -c touch% pwned", "no spaces")]
    [InlineData("ext::sh", "no address")]
    [InlineData("git://git.example.com/models.git", "no address")]
    [InlineData("ftp://git.example.com/models.git", "no address")]
    [InlineData("/srv/git/models.git", "no address")]
    [InlineData("../models.git", "no address")]
    [InlineData("file://git.example.com/models.git", "absolute path")]
    [InlineData("file:///srv/git/../../etc", "absolute path")]
    [InlineData("file:///srv/git/%2e%2e/etc", "absolute path")]
    [InlineData("file:///", "absolute path")]
    [InlineData("https://git.example.com/models\n.git", "no spaces")]
    public void Anything_else_is_refused_with_a_reason(string? text, string reason)
    {
        var refused = RepositoryAddress.Parse(text).Error.ShouldNotBeNull();

        refused.Code.ShouldBe("model-source.address");
        refused.Message.ShouldContain(reason);
    }

    [Fact]
    public void An_address_without_end_is_refused() => RepositoryAddress.Parse($"https://git.example.com/{new string('x', 500)}").Error!.Message.ShouldContain("at most 500");

    [Theory]
    [InlineData("main", true)]
    [InlineData("release/1.0", true)]
    [InlineData("models/faster-soak#42", true)]
    [InlineData("", false)]
    [InlineData("-x", false)]
    [InlineData("a..b", false)]
    [InlineData("a//b", false)]
    [InlineData("a/.b", false)]
    [InlineData("a/", false)]
    [InlineData("a.lock", false)]
    [InlineData("a.lock/b", false)]
    [InlineData("a b", false)]
    [InlineData("refs:heads", false)]
    [InlineData("a~1", false)]
    [InlineData("a*", false)]
    public void A_branch_is_what_Git_takes_for_one(string name, bool isOne) => GitNames.IsBranch(name).ShouldBe(isOne);

    [Theory]
    [InlineData("models/*", true)]
    [InlineData("*", true)]
    [InlineData("*-draft", true)]
    [InlineData("models/**", false)]
    [InlineData("*/models/*", false)]
    [InlineData("models", false)]
    [InlineData("-*", false)]
    public void A_pattern_has_one_star(string pattern, bool isOne) => GitNames.IsPattern(pattern).ShouldBe(isOne);

    [Theory]
    [InlineData("", true)]
    [InlineData("deploy/models", true)]
    [InlineData("Größe/modèles", true)]
    [InlineData("/deploy", false)]
    [InlineData("deploy/", false)]
    [InlineData("deploy/../..", false)]
    [InlineData("./deploy", false)]
    [InlineData("deploy\\models", false)]
    [InlineData("deploy\nmodels", false)]
    public void A_folder_stays_in_its_repository(string folder, bool isOne) => GitNames.IsFolder(folder).ShouldBe(isOne);

    [Fact]
    public void A_pattern_counts_the_case_and_never_means_the_source_s_own_branch()
    {
        var settings = Plain with { DraftBranches = "*" };

        settings.MakesDraftsOf("models/x").ShouldBeTrue();
        settings.MakesDraftsOf("main").ShouldBeFalse();
        (Plain with { DraftBranches = "models/*" }).MakesDraftsOf("Models/x").ShouldBeFalse();
        Plain.MakesDraftsOf("models/x").ShouldBeFalse();
    }

    [Fact]
    public void Settings_that_make_sense_are_taken()
    {
        Wrong(Plain).ShouldBeEmpty();
        Wrong(Plain with { Credential = "models-token", PushSecret = "models-push", DraftBranches = "models/*", Use = SourceUse.Publishes, EveryMinutes = null, Pool = "" }).ShouldBeEmpty();
        Wrong(Plain with { Repository = "git@git.example.com:models.git", HostKey = HostKey, Credential = "key", Passphrase = "words" }).ShouldBeEmpty();
    }

    [Fact]
    public void Each_setting_that_makes_none_is_named()
    {
        Wrong(Plain with { Name = "", Repository = "nowhere", Branch = "..", Folder = "/", DraftBranches = "x", EveryMinutes = 0, Pool = "No pool", Use = (SourceUse)7 })
            .ShouldBe(["Name", "Repository", "Branch", "Folder", "Use", "DraftBranches", "EveryMinutes", "Pool"], ignoreOrder: true);
        Wrong(Plain with { EveryMinutes = 1441 }).ShouldBe(["EveryMinutes"]);
        Wrong(Plain with { Credential = "-----BEGIN OPENSSH PRIVATE KEY-----", PushSecret = "whsec_abc" }).ShouldBe(["Credential", "PushSecret"]);
        Wrong(Plain with { HostKey = HostKey, Passphrase = "words" }).ShouldBe(["HostKey", "Passphrase"]);
        Wrong(Plain with { Repository = "git@git.example.com:models.git" }).ShouldBe(["HostKey", "Credential"]);
        Wrong(Plain with { Repository = "git@git.example.com:models.git", HostKey = "MD5:00", Credential = "key" }).ShouldBe(["HostKey"]);
        Wrong(Plain with { Repository = "file:///srv/git/models.git", Credential = "key" }).ShouldBe(["Credential"]);
    }

    private static IEnumerable<string> Wrong(SourceSettings settings) =>
        new RegisterModelSource.Validator().Validate(new RegisterModelSource("platform", settings)).Errors.Select(error => error.PropertyName["Settings.".Length..]).Distinct();
}
