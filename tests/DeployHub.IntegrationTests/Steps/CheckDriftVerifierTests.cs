using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>What is read off a host by the one command, over a real sshd.</summary>
public sealed class CheckDriftVerifierTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    protected override string? Missing => SshTarget.Missing;

    protected override Connection Connection => target.In(Bench.Local.Directory, Bench);

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckDrift([new(FactKind.File, "shop.conf"), new(FactKind.Port, "1", Expect: "closed"), new(FactKind.Component, "shop-web", "current")]);

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    [Fact]
    public async Task Every_kind_of_fact_is_read_with_one_command()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var open = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await WriteAsync("shop.conf", "a = 1\n");
        await WriteAsync("app.json", """{ "Logging": { "Level": "Warning" }, /* as people do */ "Hosts": ["a", "b"] }""");
        await WriteAsync("app.yaml", "logging:\n  level: Debug\n");
        await WriteAsync("app.env", "export LEVEL='it is'\n");
        await WriteAsync("VERSION", "2.4-hotfix\nbuilt by hand\n");
        File.CreateSymbolicLink(Bench.OnTarget("current"), "releases/2.4.0");
        var expires = await WriteCertificateAsync("shop.pem");

        var seen = await SeeAsync(
            new(FactKind.File, "shop.conf"), new(FactKind.File, "nowhere"), new(FactKind.Setting, "Logging:Level", "app.json"), new(FactKind.Setting, "Hosts:1", "app.json"), new(FactKind.Setting, "Nothing", "app.json"),
            new(FactKind.Setting, "/logging/level", "app.yaml"), new(FactKind.Setting, "LEVEL", "app.env"), new(FactKind.Component, "shop-web", "current"), new(FactKind.Component, "shop-api", "VERSION"),
            new(FactKind.Port, open), new(FactKind.Package, "no-such-package-0"), new(FactKind.Certificate, "shop.pem"));

        seen["file shop.conf"].ShouldBe(Digest.OfText("a = 1\n").ToString());
        seen["file nowhere"].ShouldBe("absent");
        seen["setting Logging:Level of app.json"].ShouldBe("Warning");
        seen["setting Hosts:1 of app.json"].ShouldBe("b");
        seen["setting Nothing of app.json"].ShouldBe("absent");
        seen["setting /logging/level of app.yaml"].ShouldBe("Debug");
        seen["setting LEVEL of app.env"].ShouldBe("it is");
        seen["component shop-web"].ShouldBe("2.4.0");
        seen["component shop-api"].ShouldBe("2.4-hotfix");
        seen[$"port {open}"].ShouldBe("open");
        seen["certificate shop.pem"].ShouldEndWith($"valid until {expires:yyyy-MM-dd HH:mm} UTC");
        if (File.Exists("/usr/bin/dpkg-query") || File.Exists("/usr/bin/rpm")) seen["package no-such-package-0"].ShouldBe("absent");
    }

    [Fact]
    public async Task An_installed_package_has_its_version()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dpkg-query"), "This machine has no dpkg.");

        (await SeeAsync(new WatchedFact(FactKind.Package, "dpkg")))["package dpkg"].ShouldMatch(@"^\d+\.\d+");
    }

    [Fact]
    public async Task What_cannot_be_read_says_why_and_has_no_value()
    {
        await WriteAsync("broken.json", "{ \"a\": ");
        await WriteAsync("secret.json", """{ "Url": "https://shop:pl4nted@db.example" }""");
        Directory.CreateDirectory(Bench.OnTarget("folder"));
        File.CreateSymbolicLink(Bench.OnTarget("lost"), "nowhere");
        await WriteAsync("EMPTY", "");

        var seen = await VisitAsync(new CheckDrift(
            [new(FactKind.File, "folder"), new(FactKind.Setting, "a", "broken.json"), new(FactKind.Setting, "Url", "secret.json"), new(FactKind.Certificate, "broken.json"), new(FactKind.Component, "shop-web", "folder"),
            new(FactKind.File, "lost/notes"), new(FactKind.Component, "shop-api", "EMPTY")]));

        var facts = seen.ShouldBeOfType<StepOutcome.Observed>().Facts;
        facts.ShouldAllBe(fact => fact.Value == null);
        facts.Select(fact => fact.Trouble).ShouldBe(
            ["folder is a folder, and no file", "broken.json is no valid JSON", "its value looks like a secret, which is not kept", "the file holds no certificate that can be read", "folder is a folder, and neither a link nor a file that names a version",
            "lost leads nowhere that this account can see", "the first line of EMPTY names no version"]);
        string.Join('\n', Bench.Log).ShouldNotContain("pl4nted");
    }

    [Fact]
    public async Task What_was_filled_in_and_cannot_be_looked_at_is_refused() =>
        (await VisitAsync(new CheckDrift([new(FactKind.Port, "many"), new(FactKind.Certificate, "shop.pem", Expect: "a month")]))).ShouldBeOfType<StepOutcome.Failed>()
            .Reason.ShouldStartWith("The port many cannot be looked at: A port is a number from 1 to 65535. The certificate shop.pem cannot be looked at: ");

    [Fact]
    public async Task Names_and_contents_are_nothing_that_a_shell_would_run()
    {
        await WriteAsync("it's; touch pwned", "x");
        await WriteAsync("VERSION", "$(touch pwned) `touch pwned`\u001b[31m\t2.4\n");

        var seen = await SeeAsync(new(FactKind.File, "it's; touch pwned"), new(FactKind.Component, "shop-web", "VERSION"));

        seen["file it's; touch pwned"].ShouldBe(Digest.OfText("x").ToString());
        seen["component shop-web"].ShouldBe("$(touch pwned) `touch pwned`[31m2.4");
        File.Exists(Bench.OnTarget("pwned")).ShouldBeFalse();
    }

    private async Task<Dictionary<string, string>> SeeAsync(params WatchedFact[] facts) =>
        (await VisitAsync(new CheckDrift(facts))).ShouldBeOfType<StepOutcome.Observed>().Facts.ToDictionary(seen => seen.Fact.Subject, seen => seen.Value ?? $"could not be read: {seen.Trouble}");

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Bench.OnTarget(name), text);

    private async Task<DateTimeOffset> WriteCertificateAsync(string name)
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=shop", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(20));
        await WriteAsync(name, certificate.ExportCertificatePem());
        return certificate.NotAfter.ToUniversalTime();
    }

    protected override async Task PrepareAsync()
    {
        await WriteAsync("shop.conf", "a = 0\n");
    }
}
