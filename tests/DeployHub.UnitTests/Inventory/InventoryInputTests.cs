using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using FluentValidation.Results;

namespace DeployHub.UnitTests.Inventory;

/// <summary>Every rule of the inventory's messages, once.</summary>
public sealed class InventoryInputTests
{
    private const string Pin = "SHA256:uNiVztksCsDhcc0u9e8BrUSXtRJZ6SnnNpUVjGOLF1k";
    private static readonly string Zeros = "sha256:" + new string('0', 64);

    [Fact]
    public void A_value_of_a_variable_that_is_null_is_refused_at_its_place() =>
        new SetVariable.Validator().Validate(new SetVariable("shop", "level", [new ScopedValue("low"), null!])).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Values[1]");

    [Fact]
    public void A_list_of_a_trust_policy_that_holds_null_is_refused_at_its_field() =>
        new TrustPolicyInputValidator().Validate(new TrustPolicyInput
        {
            Services = [null!],
            Signature = new("{path}.minisig", Identities: [null!], Keys: [null!]),
            Provenance = new("{path}.intoto.jsonl", [null!], Keys: [null!]),
            ValidUntil = default,
            Reason = "Decided",
        }).Errors.Select(error => error.PropertyName).ShouldBe(["Services", "Signature.Identities", "Signature.Keys", "Provenance.Keys", "Provenance.Builders"]);

    [Fact]
    public void A_target_reached_by_ssh_is_accepted() => Check(Ssh()).IsValid.ShouldBeTrue();

    [Theory]
    [InlineData("Host", "", 22, "deploy", Pin, "key", "/srv")]
    [InlineData("Host", "-oProxyCommand=x", 22, "deploy", Pin, "key", "/srv")]
    [InlineData("Host", "a host", 22, "deploy", Pin, "key", "/srv")]
    [InlineData("Port", "host", 0, "deploy", Pin, "key", "/srv")]
    [InlineData("Port", "host", 65536, "deploy", Pin, "key", "/srv")]
    [InlineData("User", "host", 22, "", Pin, "key", "/srv")]
    [InlineData("User", "host", 22, "-l root", Pin, "key", "/srv")]
    [InlineData("HostKey", "host", 22, "deploy", "SHA256:short", "key", "/srv")]
    [InlineData("HostKey", "host", 22, "deploy", "MD5:00:11", "key", "/srv")]
    [InlineData("Credential", "host", 22, "deploy", Pin, "-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "/srv")]
    [InlineData("Credential", "host", 22, "deploy", Pin, "two words", "/srv")]
    [InlineData("Credential", "host", 22, "deploy", Pin, "", "/srv")]
    [InlineData("Directory", "host", 22, "deploy", Pin, "key", "srv/shop")]
    [InlineData("Directory", "host", 22, "deploy", Pin, "key", "/srv/../etc")]
    public void Each_part_of_an_ssh_connection_has_its_rule(string field, string host, int port, string user, string hostKey, string credential, string directory) =>
        Check(new SshConnection(host, port, user, hostKey, credential, directory)).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe($"Connection.{field}");

    [Theory]
    [InlineData(SshSignIn.Secret, "key", "words", "certificate", null)]
    [InlineData(SshSignIn.Secret, "key", "two words", null, "Passphrase")]
    [InlineData(SshSignIn.Secret, "key", null, "ssh-ed25519-cert-v01@openssh.com AAAA", "Certificate")]
    [InlineData(SshSignIn.Secret, "", null, null, "Credential")]
    [InlineData(SshSignIn.Agent, "", null, null, null)]
    [InlineData(SshSignIn.Agent, "key", null, null, "Credential")]
    [InlineData(SshSignIn.Agent, "", "words", null, "Passphrase")]
    [InlineData(SshSignIn.Agent, "", null, "certificate", "Certificate")]
    [InlineData((SshSignIn)7, "key", null, null, "SignIn")]
    public void How_a_host_is_signed_in_to_has_its_rules_for_the_target_and_for_the_jump_host(SshSignIn signIn, string credential, string? passphrase, string? certificate, string? wrong)
    {
        var jump = new SshJumpHost("jump.example.com", 22, "deploy", Pin, credential) { SignIn = signIn, Passphrase = passphrase, Certificate = certificate };

        Check(Ssh() with { Credential = credential, SignIn = signIn, Passphrase = passphrase, Certificate = certificate }).Errors.Select(error => error.PropertyName)
            .ShouldBe(wrong is null ? [] : [$"Connection.{wrong}"]);
        Check(Ssh() with { Jump = jump }).Errors.Select(error => error.PropertyName).ShouldBe(wrong is null ? [] : [$"Connection.Jump.{wrong}"]);
    }

    [Fact]
    public void A_host_is_not_its_own_jump_host() =>
        Check(Ssh() with { Jump = new SshJumpHost("WEB-1.example.com", 22, "deploy", Pin, "key") }).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Connection.Jump.Host");

    [Theory]
    [InlineData("/srv/shop", true)]
    [InlineData(@"C:\shop", true)]
    [InlineData("shop", false)]
    [InlineData("", false)]
    [InlineData("/srv/..", false)]
    [InlineData("/srv\n/shop", false)]
    public void A_local_place_is_an_absolute_directory(string directory, bool fits) => Check(new LocalConnection(directory)).IsValid.ShouldBe(fits);

    [Fact]
    public void A_target_without_a_connection_is_refused() => Check(null!).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Connection");

    [Theory]
    [InlineData("port", "8080", true)]
    [InlineData("Port", "8080", false)]
    [InlineData("name", "x", false)]
    [InlineData("directory", "/x", false)]
    [InlineData("key", "-----BEGIN RSA PRIVATE KEY-----", false)]
    [InlineData("empty", "", false)]
    [InlineData("null", null, false)]
    public void A_variable_has_a_free_name_and_no_secret(string name, string? value, bool fits) =>
        new RegisterTarget.Validator().Validate(new RegisterTarget("test", "one", Ssh(), Variables: new Dictionary<string, string> { [name] = value! }))
            .IsValid.ShouldBe(fits);

    [Theory]
    [InlineData("shop/1.1.0/shop.zip", true)]
    [InlineData("/etc/passwd", false)]
    [InlineData("../other/shop.zip", false)]
    [InlineData("shop/../../x", false)]
    [InlineData(@"shop\..\x", false)]
    [InlineData(@"C:\x", false)]
    [InlineData("shop.zip?x=1", false)]
    [InlineData("%2e%2e/x", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_artefact_stays_in_its_store(string? path, bool fits) => CheckArtefacts([new("package", "dml", path!, Zeros)]).IsValid.ShouldBe(fits);

    [Theory]
    [InlineData("sha256:12")]
    [InlineData("")]
    [InlineData(null)]
    public void An_artefact_has_a_whole_digest(string? digest) =>
        CheckArtefacts([new("package", "dml", "x", digest!)]).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Artefacts[0].Digest");

    [Fact]
    public void An_artefact_has_no_negative_size() => CheckArtefacts([new("package", "dml", "x", Zeros, -1)]).IsValid.ShouldBeFalse();

    [Fact]
    public void Two_artefacts_of_one_name_are_refused() =>
        CheckArtefacts([new("package", "dml", "x", Zeros), new("package", "dml", "y", Zeros)]).Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("Artefacts");

    [Fact]
    public void Null_is_no_artefact() => CheckArtefacts([null!]).IsValid.ShouldBeFalse();

    [Theory]
    [InlineData(StoreKind.Folder, "/srv/dml", null, true)]
    [InlineData(StoreKind.Folder, "dml", null, false)]
    [InlineData(StoreKind.Folder, "/srv/dml", "token", false)]
    [InlineData(StoreKind.Http, "https://dml.example.com/a/", "token", true)]
    [InlineData(StoreKind.Http, "http://127.0.0.1:9000", null, true)]
    [InlineData(StoreKind.Http, "ftp://dml.example.com", null, false)]
    [InlineData(StoreKind.Http, "file:///etc", null, false)]
    [InlineData(StoreKind.Http, "https://user:pass@dml.example.com/", null, false)]
    [InlineData(StoreKind.Http, "https://dml.example.com/?x=1", null, false)]
    [InlineData(StoreKind.Http, "https://dml.example.com/", "a secret value", false)]
    [InlineData(StoreKind.Http, "", null, false)]
    public void A_store_is_a_folder_or_an_address(StoreKind kind, string location, string? credential, bool fits) =>
        new RegisterStore.Validator().Validate(new RegisterStore("dml", "DML", kind, location, credential)).IsValid.ShouldBe(fits);

    [Theory]
    [InlineData(ComponentKind.Other, "Licence", true)]
    [InlineData(ComponentKind.Other, null, false)]
    [InlineData(ComponentKind.Software, null, true)]
    [InlineData(ComponentKind.Software, "Library", false)]
    [InlineData((ComponentKind)99, null, false)]
    public void Only_other_has_a_sub_kind(ComponentKind kind, string? subKind, bool fits) =>
        new RegisterComponent.Validator().Validate(new RegisterComponent("shop", "shop-web", "Shop web", kind, subKind)).IsValid.ShouldBe(fits);

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(10, 100, true)]
    [InlineData(-1, 5, false)]
    [InlineData(11, 5, false)]
    [InlineData(1, -1, false)]
    [InlineData(1, 101, false)]
    public void A_policy_keeps_its_bounds(int approvals, int percent, bool fits) =>
        new SetEnvironmentPolicy.Validator().Validate(new SetEnvironmentPolicy("test", approvals, percent)).IsValid.ShouldBe(fits);

    [Fact]
    public void A_policy_names_models_by_slug() =>
        new SetEnvironmentPolicy.Validator().Validate(new SetEnvironmentPolicy("test", 0, 5, ["Rolling Web", null!])).IsValid.ShouldBeFalse();

    [Fact]
    public void An_observation_does_not_lie_in_the_future() =>
        new ReportObservation.Validator(TimeProvider.System).Validate(new ReportObservation("test", "one", "shop-web", "1.0.0", "scan", DateTimeOffset.UtcNow.AddHours(1)))
            .Errors.ShouldHaveSingleItem().PropertyName.ShouldBe("ObservedAt");

    private static SshConnection Ssh() => new("web-1.example.com", 22, "deploy", Pin, "shop-deploy-key", "/srv/shop");

    private static ValidationResult Check(Connection connection) => new RegisterTarget.Validator().Validate(new RegisterTarget("test", "one", connection));

    private static ValidationResult CheckArtefacts(RegisterComponentVersion.Artefact[] artefacts) =>
        new RegisterComponentVersion.Validator().Validate(new RegisterComponentVersion("shop-web", "1.0.0", artefacts));
}
