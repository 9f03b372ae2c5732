using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Features.Inventory;
using DeployHub.Features.Vulnerabilities;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Ssh;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>The checks of what artefacts are made of and hold, with a real store and the imported list in a real database.</summary>
public sealed class CheckingMaterials(WorkingHub hub) : IClassFixture<WorkingHub>, IAsyncLifetime
{
    private const string Sbom = "{path}.cdx.json";

    private readonly string _store = TestHub.Unique("materials");
    private readonly string _folder = Directory.CreateTempSubdirectory("deployhub-materials-").FullName;
    private SubjectVersion _version = null!;

    [Fact]
    public async Task Lists_are_imported_once_and_components_are_judged_by_them()
    {
        WriteSbom();
        (await VisitAsync(new CheckVulnerabilities(Sbom))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("There is no list of vulnerabilities for npm");

        await ImportingAsync();

        var failed = (await VisitAsync(new CheckVulnerabilities(Sbom))).ShouldBeOfType<StepOutcome.Failed>();
        (failed.Cause, failed.Reason).ShouldBe((HaltCause.VulnerabilityOverThreshold, "npm/lodash 4.17.20 has GHSA-1 (CVE-1), high 7.5: use 4.17.21 or newer, or say in a VEX document why it does no harm."));
        (await VisitAsync(new CheckVulnerabilities(Sbom, VulnerabilitySeverity.Critical))).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldContain(evidence => evidence.Name == "Accepted" && evidence.Value.Contains("GHSA-1"));
        (await VisitAsync(new CheckVulnerabilities(Sbom, Exceptions: [new("CVE-1", "Only in the build.", $"{hub.Clock.GetUtcNow():yyyy-MM-dd}")]))).ShouldBeOfType<StepOutcome.Succeeded>();

        Write("shop.zip.vex.json", """{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{"vulnerability":{"name":"CVE-1"},"products":["pkg:npm/lodash@4.17.20"],"status":"not_affected","justification":"component_not_present"}]}""");
        (await VisitAsync(new CheckVulnerabilities(Sbom, Vex: "{path}.vex.json"))).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldContain(evidence => evidence.Name == "shop.zip: VEX");

        hub.Clock.Advance(TimeSpan.FromDays(8));
        (await VisitAsync(new CheckVulnerabilities(Sbom, VulnerabilitySeverity.Critical))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("older than 7 days");
    }

    [Fact]
    public async Task An_SBOM_is_there_is_about_the_artefact_and_keeps_the_rules()
    {
        var check = new CheckSbom(Sbom, DeniedLicences: ["AGPL-*"], DeniedPackages: ["pkg:npm/event-stream@3.3.6"]);
        (await FailsAsync(check, HaltCause.TestEvidenceMissing)).ShouldContain("holds no SBOM shop.zip.cdx.json");

        Write("shop.zip.cdx.json", "{");
        (await FailsAsync(check, HaltCause.TestEvidenceMissing)).ShouldContain("is no JSON that can be read");
        WriteSbom(digest: Digest.OfText("other"));
        (await FailsAsync(check, HaltCause.TestEvidenceMissing)).ShouldContain("Put the SBOM there that was made of this artefact");
        WriteSbom(more: """,{"type":"library","name":"gpl","version":"1","licenses":[{"license":{"id":"AGPL-3.0-only"}}]},{"type":"library","name":"event-stream","version":"3.3.6","purl":"pkg:npm/event-stream@3.3.6"}""");
        (await FailsAsync(check, HaltCause.PolicyViolation)).ShouldBe("gpl 1 has the licence AGPL-3.0-only, and AGPL-3.0-only is denied: use a version or a package under another licence. npm/event-stream 3.3.6 is denied by pkg:npm/event-stream@3.3.6: use another version or package.");

        WriteSbom();
        (await VisitAsync(check)).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.Select(evidence => evidence.Value).ShouldContain(value => value.StartsWith("CycloneDX 1.6 with 1 component, shop.zip.cdx.json, sha256:"));
    }

    [Fact]
    public async Task A_configuration_holds_no_secret_in_clear_and_is_valid_by_its_schema()
    {
        Configure("shop.json", """{"database":{"password":"hunter2","host":"${host}"},"auth":{"token":"vault:shop/token","tokenLifetime":"1h"},"env":[{"name":"API_KEY","value":"abc"}],"port":"80"}""");
        Write("shop.json.schema.json", """{"type":"object","properties":{"port":{"type":"integer"}}}""");
        var check = new CheckConfiguration("{path}.schema.json", ["vault:*"], ["auth:tokenLifetime"]);

        var reason = await FailsAsync(check, HaltCause.PolicyViolation);
        foreach (var place in (string[])["in clear at database:password:", "in clear at env:0:value:", "is not valid by shop.json.schema.json at /port (type)"]) reason.ShouldContain(place);
        reason.ShouldNotContain("hunter2");
        reason.ShouldNotContain("auth:");

        Configure("shop.yaml", "database: { password: \"${secret:shop}\" }\nport: 80\n");
        (await FailsAsync(new CheckConfiguration("none.json"), HaltCause.TestEvidenceMissing)).ShouldContain("holds no schema none.json");
        (await VisitAsync(new CheckConfiguration("shop.json.schema.json"))).ShouldBeOfType<StepOutcome.Succeeded>();
        Write("not.json", """{"not":{"required":["port"]}}""");
        (await FailsAsync(new CheckConfiguration("not.json"), HaltCause.PolicyViolation)).ShouldContain("is not valid by not.json at its root");

        Configure("shop.json", "{");
        (await FailsAsync(new CheckConfiguration(), HaltCause.PolicyViolation)).ShouldContain("shop.json is no JSON that can be read");
        foreach (var (name, text) in new[] { ("shop.env", "DB_PASSWORD='x'\n"), ("shop.properties", "db.password = x\n"), ("shop.xml", "<a><add key='Password' value='x'/></a>"), ("old.xml", "<a url='https://ana:pw@example.com/'/>") })
        {
            Configure(name, text);
            (await FailsAsync(new CheckConfiguration(), HaltCause.PolicyViolation)).ShouldContain($"{name} holds what looks like a secret in clear at");
        }

        Configure("shop.zip", "PK");
        (await VisitAsync(new CheckConfiguration())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("is no configuration that is known here");
    }

    [Fact]
    public async Task An_upload_that_is_none_stores_nothing()
    {
        using var client = await hub.ClientFor(Role.Administrator);
        await PostAsync(client, Encoding.UTF8.GetBytes("{}")).Problem(HttpStatusCode.BadRequest, "osv.malformed");
        await PostAsync(client, Encoding.UTF8.GetBytes("hello")).Problem(HttpStatusCode.BadRequest, "osv.unreadable");
        await PostAsync(client, Encoding.UTF8.GetBytes("PK and no more")).Problem(HttpStatusCode.BadRequest, "osv.unreadable");
        await PostAsync(client, Zip(("bomb.json", new string(' ', OsvRecord.MostBytes + 1)))).Problem(HttpStatusCode.BadRequest, "osv.unreadable");
        await PostAsync(client, Encoding.UTF8.GetBytes(Record("GHSA-7", "2026-01-01", "seven") + "{}")).Problem(HttpStatusCode.BadRequest, "osv.malformed");

        (await hub.Database(db => db.Vulnerabilities.AnyAsync(vulnerability => vulnerability.Id == "GHSA-7"))).ShouldBeFalse();
        (await hub.As(Role.DeploymentManager).Send(new ImportVulnerabilities(Stream.Null))).Refused("access.not-permitted");
    }

    public async ValueTask InitializeAsync()
    {
        (await hub.As(Role.Administrator).Send(new RegisterStore(_store, "Materials", StoreKind.Folder, _folder))).Done();
        var artefact = new Artefact("shop.zip", _store, "shop.zip", Digest.OfText("shop"));
        _version = new SubjectVersion("shop", ComponentKind.Software, "1.0.0", artefact.Digest, [artefact], new Dictionary<string, string>());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private async Task ImportingAsync()
    {
        using var client = await hub.ClientFor(Role.Administrator);
        var zip = Zip(("GHSA-1.json", Record("GHSA-1", "2026-01-01", "lodash")), ("GHSA-2.json", Record("GHSA-2", "2026-01-01", "other")), ("readme.txt", "no record"));

        await PostAsync(client, zip, "?wholeListsOf=npm&wholeListsOf=PyPI").Problem(HttpStatusCode.BadRequest, "osv.not-the-list");
        (await PostAsync(client, zip, "?wholeListsOf=npm").Json()).ToString().ShouldBe("""{"read":2,"stored":2}""");
        (await PostAsync(client, zip, "?wholeListsOf=npm").Json()).ToString().ShouldBe("""{"read":2,"stored":0}""");
        var lines = $"{Record("GHSA-2", "2026-02-01", "renamed").ReplaceLineEndings(" ")}\n{Record("GHSA-1", "2025-01-01", "older").ReplaceLineEndings(" ")}\n";
        (await PostAsync(client, Encoding.UTF8.GetBytes(lines)).Json()).ToString().ShouldBe("""{"read":2,"stored":1}""");

        (await hub.Database(db => db.VulnerablePackages.OrderBy(package => package.Name).Select(package => package.Name).ToListAsync())).ShouldBe(["lodash", "renamed"]);
        var row = (await client.GetAsync("/api/v1/vulnerability-lists").Json())[0];
        (row.GetProperty("ecosystem").GetString(), row.GetProperty("vulnerabilities").GetInt32()).ShouldBe(("npm", 2));
        row.GetProperty("asOf").GetDateTimeOffset().ShouldBe(hub.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] body, string query = "") =>
        client.PostAsync($"/api/v1/vulnerability-lists{query}", new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } });

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }

        return stream.ToArray();
    }

    private static string Record(string id, string modified, string package) => $$"""
        {"id":"{{id}}","modified":"{{modified}}T00:00:00Z","aliases":["{{id.Replace("GHSA", "CVE")}}"],"summary":"Bad",
         "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
         "affected":[{"package":{"ecosystem":"npm","name":"{{package}}"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"4.17.21"}]}]}]}
        """;

    private void WriteSbom(Digest? digest = null, string more = "") => Write("shop.zip.cdx.json", $$$"""
        {"bomFormat":"CycloneDX","specVersion":"1.6",
         "metadata":{"component":{"type":"application","name":"shop","hashes":[{"alg":"SHA-256","content":"{{{(digest ?? _version.Digest).Hex}}}"}]}},
         "components":[{"type":"library","name":"lodash","version":"4.17.20","purl":"pkg:npm/lodash@4.17.20","licenses":[{"license":{"id":"MIT"}}]}{{{more}}}]}
        """);

    private void Configure(string name, string text)
    {
        Write(name, text);
        var artefact = new Artefact(name, _store, name, Digest.OfText(text));
        _version = new SubjectVersion("shop", ComponentKind.Configuration, "1.0.0", artefact.Digest, [artefact], new Dictionary<string, string>());
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private async Task<string> FailsAsync(StepSettings settings, HaltCause cause)
    {
        var failed = (await VisitAsync(settings)).ShouldBeOfType<StepOutcome.Failed>();
        failed.Cause.ShouldBe(cause, failed.Reason);
        return failed.Reason;
    }

    private async Task<StepOutcome> VisitAsync(StepSettings settings)
    {
        using var visit = new Visit();
        var executor = hub.Services.GetServices<IStepExecutor>().Single(executor => executor.Handles == settings.GetType());
        return await executor.ExecuteAsync(settings, visit.To(new LocalConnection(visit.Place), version: _version), CancellationToken.None);
    }
}
