using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Ssh;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>Provenance and cosign's signatures by keys that the real OpenSSL made, trusted in a real database, beside artefacts in a real store.</summary>
public sealed class CheckingProvenance(WorkingHub hub) : IClassFixture<WorkingHub>, IAsyncLifetime
{
    private const string Builder = "https://ci.acme.example/builder";
    private const string Source = "https://git.acme.example/shop";
    private static readonly CheckProvenance Check = new("{path}.intoto.jsonl", [Builder], [Source], ["refs/tags/v*"]);

    private readonly string _store = TestHub.Unique("provenance");
    private readonly string _folder = Directory.CreateTempSubdirectory("deployhub-provenance-").FullName;
    private SubjectVersion _version = null!;

    [Fact]
    public async Task Provenance_is_signed_about_these_bytes_and_says_what_it_must()
    {
        Key("builder");
        Key("stranger");
        await TrustAsync("builder");
        (await FailsAsync(Check, HaltCause.SignatureInvalid)).ShouldContain("holds no attestation shop.zip.intoto.jsonl");

        Attest("stranger", Statement());
        (await FailsAsync(Check, HaltCause.SignatureInvalid)).ShouldContain("register the key if it is right");
        Attest("builder", Statement(Digest.OfText("another artefact")));
        (await FailsAsync(Check, HaltCause.SignatureInvalid)).ShouldContain("about something else");
        Attest("builder", "{}", "application/json");
        (await FailsAsync(Check, HaltCause.SignatureInvalid)).ShouldContain("instead of an in-toto statement");
        Attest("builder", Statement(builder: "https://laptop", reference: "refs/heads/fix"));
        (await FailsAsync(Check, HaltCause.PolicyViolation)).ShouldBe(
            $"The provenance shop.zip.intoto.jsonl of the artefact shop.zip was made by the builder https://laptop, and only {Builder} may be. Build it as it must be, or correct the rule in the check. "
            + "The provenance shop.zip.intoto.jsonl of the artefact shop.zip was built from refs/heads/fix, abcd, and only refs/tags/v* may be. Build it as it must be, or correct the rule in the check.");

        Attest("builder", Statement());
        var shown = (await VisitAsync(Check)).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldHaveSingleItem().Value;
        shown.ShouldStartWith($"{_version.Digest}, built by {Builder} from {Source} at refs/tags/v1.0.0 (abcd) as run-7; SLSA provenance v1 shop.zip.intoto.jsonl, signed with Builder (ECDSA P-256 ");
    }

    [Fact]
    public async Task What_cosign_writes_beside_the_artefact_is_believed()
    {
        Key("cosign");
        await TrustAsync("cosign");
        File.WriteAllText(At("shop.zip.sig"), Convert.ToBase64String(Sign("cosign", Encoding.UTF8.GetBytes("shop"))));
        (await VisitAsync(new CheckSignature("{path}.sig"))).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldHaveSingleItem().Value.ShouldContain("signed with Builder");

        File.WriteAllText(At("shop.zip.sig"), Convert.ToBase64String(Sign("cosign", Encoding.UTF8.GetBytes("other"))));
        (await FailsAsync(new CheckSignature("{path}.sig"), HaltCause.SignatureInvalid)).ShouldContain("is not one of these bytes");
    }

    [Fact]
    public async Task A_trusted_root_is_registered_through_the_API_and_its_history_stays()
    {
        using var client = await hub.ClientFor(Role.Administrator);
        const string root = """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[{"baseUrl":"https://rekor.test","publicKey":{"rawBytes":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXlYI/a1XM9LYk54J0H/lm4EeboY1vhheo0TbTln8aWofhvUYUH9fIKz10uhbCDlTfOF+ymQlkiuDReSCMA2zAw==","validFor":{"start":"2020-01-01T00:00:00Z"}},"logId":{"keyId":"f/sXlHr/AgxwFcDAbNEtIvijhWehfCf8HEXLV8SjNsw="}}]}""";
        (await client.PostAsJsonAsync("/api/v1/trusted-keys", new { key = _store, name = "Own Sigstore", kind = "SigstoreRoot", publicKey = root })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await client.PostAsJsonAsync("/api/v1/trusted-keys", new { key = $"{_store}-2", name = "Broken", kind = "SigstoreRoot", publicKey = "{}" }).Problem(HttpStatusCode.BadRequest, "trusted-key.malformed");

        (await hub.AsSystem.Send(new RevokeTrustedKey(_store, "It was replaced."))).Done();
        var shown = (await hub.AsSystem.Send(new ShowTrustedKey(_store))).Value;
        shown.Authorities.ShouldHaveSingleItem().ShouldBe(new ShowTrustedKey.Authority("log entries", "https://rekor.test", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), null));
        (shown.Kind, shown.State, shown.Fingerprint).ShouldBe((TrustedKeyKind.SigstoreRoot, TrustedKeyState.Revoked, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(root)))));
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestDaemon.Missing("openssl") is not null, "Needs openssl.");
        File.WriteAllText(At("shop.zip"), "shop");
        (await hub.As(Role.Administrator).Send(new RegisterStore(_store, "Provenance", StoreKind.Folder, _folder))).Done();
        (await hub.As(Role.DeploymentManager).Send(new RegisterService(_store, _store, TestHub.Owner))).Done();
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(_store, _store, _store, ComponentKind.Software))).Done();
        var artefact = new Artefact("shop.zip", _store, "shop.zip", Digest.OfText("shop"));
        _version = new SubjectVersion(_store, ComponentKind.Software, "1.0.0", artefact.Digest, [artefact], new Dictionary<string, string>());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string Statement(string digest, string builder, string reference) => $$$"""
        {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"shop.zip","digest":{"sha256":"{{{digest}}}"}}],"predicateType":"https://slsa.dev/provenance/v1",
         "predicate":{"buildDefinition":{"buildType":"https://ci.acme.example/build/v1","externalParameters":{"source":{"uri":"git+{{{Source}}}@{{{reference}}}","digest":{"gitCommit":"abcd"} } } },
          "runDetails":{"builder":{"id":"{{{builder}}}"},"metadata":{"invocationId":"run-7"} } } }
        """;

    private string Statement(Digest? digest = null, string builder = Builder, string reference = "refs/tags/v1.0.0") => Statement((digest ?? _version.Digest).Hex, builder, reference);

    private void Attest(string key, string payload, string type = InTotoStatement.PayloadType)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var signature = Sign(key, new DsseEnvelope(type, bytes, []).Signed);
        File.WriteAllText(At("shop.zip.intoto.jsonl"), $$"""{"payloadType":"{{type}}","payload":"{{Convert.ToBase64String(bytes)}}","signatures":[{"keyid":"","sig":"{{Convert.ToBase64String(signature)}}"}]}""" + "\n");
    }

    private void Key(string name)
    {
        OpenSsl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", At($"{name}.key"));
        OpenSsl("ec", "-in", At($"{name}.key"), "-pubout", "-out", At($"{name}.pub"));
    }

    private byte[] Sign(string key, byte[] content)
    {
        File.WriteAllBytes(At("content"), content);
        OpenSsl("dgst", "-sha256", "-sign", At($"{key}.key"), "-out", At("signature"), At("content"));
        return File.ReadAllBytes(At("signature"));
    }

    private async Task TrustAsync(string name) =>
        (await hub.AsSystem.Send(new RegisterTrustedKey($"{_store}-{name}", "Builder", TrustedKeyKind.Pem, await File.ReadAllTextAsync(At($"{name}.pub"), TestContext.Current.CancellationToken)))).Done();

    private string At(string name) => Path.Combine(_folder, name);

    private static void OpenSsl(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, complaints);
    }

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
