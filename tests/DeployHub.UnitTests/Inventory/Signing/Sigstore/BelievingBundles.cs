using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Inventory.Signing.Sigstore;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Inventory.Signing;
using DeployHub.Features.Inventory.Signing.Sigstore;

namespace DeployHub.UnitTests.Inventory.Signing.Sigstore;

/// <summary>Genuine bundles of the public instance and of the conformance suite, and own ones with one thing wrong each.</summary>
public sealed class BelievingBundles
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("the artefact");
    private static readonly SignerIdentity Acme = new("https://github.com/acme/shop/.github/workflows/*@refs/tags/*", OwnSigstore.Issuer);
    private static readonly SignerIdentity Beacon = new("https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/*@refs/heads/main", OwnSigstore.Issuer);
    private static readonly SignedMessage Signed = new(Convert.FromHexString("a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf"), [], [], null);
    private static readonly Lazy<OwnSigstore> Own = new(() => new OwnSigstore());

    [Fact]
    public void The_public_instances_bundle_holds_offline()
    {
        var signer = Genuine().Value;

        signer.MadeBy.ShouldStartWith("https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main, known to https://token.actions.githubusercontent.com, logged as 23891210");
        signer.SignedAt.ShouldBe(new DateTimeOffset(2023, 6, 15, 18, 21, 13, TimeSpan.Zero));
        signer.Source.ShouldBe(new BuildSource("https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon", "refs/heads/main", "af785b6d3b0fa0c0aa1305faee7ce6036e8d90c4"));
    }

    [Theory]
    [InlineData("MEQCIDcupnedojCKUU7gaEGjVH", "MEQCIDcupnedojCKUU7gaEGjVX", "signature.log", "signed entry timestamp")]
    [InlineData("\"integratedTime\": \"1686853273\"", "\"integratedTime\": \"1686853274\"", "signature.log", "signed entry timestamp")]
    [InlineData("4VO8JrmwD6h5oooQYemntGLy", "5VO8JrmwD6h5oooQYemntGLy", "signature.log", "does not lead to the root")]
    [InlineData("\"logIndex\": \"19727779\"", "\"logIndex\": \"19727778\"", "signature.log", "does not lead to the root")]
    [InlineData("version=0.1", "version=0.3", "signature.log", "without the log's checkpoint")]
    [InlineData("\"signature\": \"MGYCMQCU0s", "\"signature\": \"MGYCMQCU1s", "signature.wrong", "does not fit")]
    public void The_public_instances_bundle_does_not_hold_when_it_was_changed(string was, string becomes, string code, string sentence)
    {
        var refused = Genuine(text => text.Replace(was, becomes, StringComparison.Ordinal)).Error.ShouldNotBeNull();
        (refused.Code, refused.Message.Contains(sentence, StringComparison.Ordinal)).ShouldBe((code, true), refused.Message);
    }

    [Fact]
    public void The_public_instances_bundle_counts_for_the_identities_that_are_named_and_with_the_right_root()
    {
        Genuine(identities: []).Error!.Code.ShouldBe("signature.identity");
        Genuine(identities: [Acme]).Error!.Code.ShouldBe("signature.identity");
        Genuine(identities: [Beacon with { Issuer = "https://accounts.google.com" }]).Error!.Code.ShouldBe("signature.identity");
        Genuine(root: text => text.Replace("https://ctfe.sigstore.dev/2022", "x", StringComparison.Ordinal).Replace("2022-10-20T00:00:00Z", "2023-10-20T00:00:00Z", StringComparison.Ordinal)).Error!.Code.ShouldBe("signature.sct");
        Genuine(root: text => text.Replace("2022-04-13T20:06:15Z", "2023-10-20T00:00:00Z", StringComparison.Ordinal)).Error!.Code.ShouldBe("signature.certificate");
        Genuine(root: text => text.Replace("2021-01-12T11:53:27Z", "2023-10-20T00:00:00Z", StringComparison.Ordinal)).Error!.Code.ShouldBe("signature.log");
    }

    [Fact]
    public void A_keys_envelope_in_a_log_of_the_conformance_suite_holds()
    {
        var attestation = Attestation.ParseFile(Encoding.UTF8.GetBytes(Vector("log-entry.sigstore.json"))).Value.ShouldHaveSingleItem();
        var key = Trusted(TrustedKeyKind.Pem, Vector("log-entry.pub"));
        var root = Trusted(TrustedKeyKind.SigstoreRoot, Vector("log-entry.trusted_root.json"));

        AttestationSignature.Verify(attestation, new Trust([key, root], "shop", Samples.Now, [])).Value.Key.ShouldBe(key);
        AttestationSignature.Verify(attestation, new Trust([root], "shop", Samples.Now, [])).Error!.Code.ShouldBe("signature.unknown-key");
        InTotoStatement.Parse(attestation.Envelope.Payload).Value.Subjects.ShouldHaveSingleItem().Sha256.ShouldStartWith("a0cfc712");

        var elsewhere = Attestation.ParseFile(Encoding.UTF8.GetBytes(Vector("log-entry.sigstore.json").Replace("EA4/I6x2M77vXvvb", "EA4/I6x2M77vXvvc", StringComparison.Ordinal))).Value[0];
        AttestationSignature.Verify(elsewhere, new Trust([key, root], "shop", Samples.Now, [])).Error!.Message.ShouldContain("checkpoint");
    }

    [Fact]
    public async Task An_own_instances_bundle_holds_by_promise_and_by_time_stamp()
    {
        (await VerifyAsync(Own.Value.SignFile(Content))).Value.SignedAt.ShouldBe(new Making().LoggedAt);
        var stamped = new Making { IsPromised = false, StampedAt = new Making().CertifiedAt.AddMinutes(3) };
        (await VerifyAsync(Own.Value.SignFile(Content, stamped))).Value.SignedAt.ShouldBe(stamped.StampedAt);
        (await VerifyAsync(Own.Value.SignFile(Content, stamped with { IsRekor2 = true }))).Value.SignedAt.ShouldBe(stamped.StampedAt);
        AttestationSignature.Verify(Attestation.ParseFile(Bytes(Own.Value.SignStatement("{}"))).Value[0], OwnTrust()).Error.ShouldBeNull();
    }

    [Fact]
    public async Task An_own_instances_bundle_with_one_thing_wrong_is_refused_with_its_name()
    {
        var right = new Making();
        await RefusedAsync(right with { LoggedAt = right.CertifiedAt.AddMinutes(11) }, "signature.certificate", "was not valid");
        await RefusedAsync(right with { LoggedAt = right.CertifiedAt.AddMinutes(-1) }, "signature.certificate", "was not valid");
        await RefusedAsync(right with { StampedAt = right.CertifiedAt.AddMinutes(11) }, "signature.certificate", "was not valid");
        await RefusedAsync(right with { CertifiedAt = Samples.Now.AddMinutes(6), LoggedAt = Samples.Now.AddMinutes(7) }, "signature.time", "still to come");
        await RefusedAsync(right with { Purpose = "1.3.6.1.5.5.7.3.1" }, "signature.certificate", "for signing code");
        await RefusedAsync(right with { Purpose = "" }, "signature.certificate", "for signing code");
        await RefusedAsync(right with { HasCertificateTimestamp = false }, "signature.sct", "no valid signed certificate timestamp");
        await RefusedAsync(right with { IsPromised = false }, "signature.time", "says by nobody");
        await RefusedAsync(right with { IsProven = false }, "signature.log", "inclusion proof is missing");
        await RefusedAsync(right with { Subject = "https://github.com/evil/shop/.github/workflows/release.yml@refs/tags/v1.0.0" }, "signature.identity", "none of the identities");
        (await VerifyAsync(Own.Value.SignFile(Content), Encoding.UTF8.GetBytes("other bytes"))).Error!.Code.ShouldBe("signature.wrong");
    }

    [Fact]
    public async Task A_log_entry_time_stamp_or_root_of_another_does_not_help()
    {
        var (one, other) = (Own.Value.SignFile(Content, new Making { StampedAt = new Making().LoggedAt }), Own.Value.SignFile(Content, new Making { StampedAt = new Making().LoggedAt }));
        one["verificationMaterial"]!["tlogEntries"] = other["verificationMaterial"]!["tlogEntries"]!.DeepClone();
        (await VerifyAsync(one)).Error!.Message.ShouldContain("log entry of another");

        var stamped = Own.Value.SignFile(Content, new Making { StampedAt = new Making().LoggedAt });
        stamped["verificationMaterial"]!["timestampVerificationData"] = other["verificationMaterial"]!["timestampVerificationData"]!.DeepClone();
        (await VerifyAsync(stamped)).Error!.Code.ShouldBe("signature.time");

        (await VerifyAsync(Own.Value.SignFile(Content), trust: new Trust([new OwnSigstore().Trusted()], "shop", Samples.Now, [Acme]))).Error!.Code.ShouldBe("signature.certificate");
        (await VerifyAsync(Own.Value.SignFile(Content), trust: new Trust([], "shop", Samples.Now, [Acme]))).Error!.Code.ShouldBe("signature.root");
        var revoked = Own.Value.Trusted();
        revoked.Revoke("The root was replaced.", Actor.System, Samples.Now);
        (await VerifyAsync(Own.Value.SignFile(Content), trust: new Trust([revoked], "shop", Samples.Now, [Acme]))).Error!.Message.ShouldContain("The root was replaced.");
    }

    [Fact]
    public async Task A_log_without_promise_counts_only_while_it_is_trusted()
    {
        var stamped = new Making { IsPromised = false, StampedAt = new Making().CertifiedAt.AddMinutes(3) };
        var root = Own.Value.Root();
        root["tlogs"]![0]!["publicKey"]!["validFor"]!["end"] = "2026-11-01T00:00:00Z";
        var retired = new Trust([Own.Value.Trusted(root.ToJsonString())], "shop", Samples.Now, [Acme]);

        var refused = (await VerifyAsync(Own.Value.SignFile(Content, stamped), trust: retired)).Error.ShouldNotBeNull();
        (refused.Code, refused.Message.Contains("that holds it was not trusted", StringComparison.Ordinal)).ShouldBe(("signature.log", true), refused.Message);
    }

    [Fact]
    public async Task Of_several_roots_the_one_that_knows_the_logs_says_what_is_wrong()
    {
        var trust = new Trust([new OwnSigstore().Trusted(), Own.Value.Trusted()], "shop", Samples.Now, []);
        (await VerifyAsync(Own.Value.SignFile(Content), trust: trust)).Error!.Code.ShouldBe("signature.identity");
    }

    [Fact]
    public async Task A_signer_is_tied_to_the_repository_and_ref_of_the_certificate_and_named_by_the_index_that_was_proven()
    {
        var signer = (await VerifyAsync(Own.Value.SignFile(Content, new Making { IsPromised = false, StampedAt = new Making().LoggedAt, Source = "https://github.com/acme/shop", Ref = "refs/heads/fix" }))).Value;

        signer.Source.ShouldBe(new BuildSource("https://github.com/acme/shop", "refs/heads/fix", null));
        signer.MadeBy.ShouldEndWith("logged as 0");
    }

    [Theory]
    [InlineData("https://github.com/acme/shop/.github/workflows/*@refs/tags/*", "https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/v1", true, true)]
    [InlineData("https://github.com/acme/shop/.github/workflows/*@refs/tags/*", "https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/x@refs/tags/v1", true, false)]
    [InlineData("https://github.com/acme/*", "https://github.com/acme/shop/.github/workflows/release.yml@refs/heads/main", true, false)]
    [InlineData("https://acme.example/*@acme.example", "https://acme.example/mia@acme.example", false, false)]
    [InlineData("*@acme.example", "mia@acme.example", false, true)]
    [InlineData("*@acme.example", "mia@evil.example@acme.example", false, false)]
    [InlineData("*@acme.example", "https:mia@acme.example", true, false)]
    public void A_star_in_a_subject_stays_within_its_part_and_its_kind(string pattern, string subject, bool isUri, bool isMet) =>
        new SignerIdentity(pattern, OwnSigstore.Issuer).IsMetBy(subject, isUri, OwnSigstore.Issuer).ShouldBe(isMet);

    [Fact]
    public void A_log_entry_that_would_take_long_to_read_is_refused()
    {
        var pem = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("-----BEGIN A-----\n", 20_000))));
        string Body(string verifier, int count)
        {
            var signatures = string.Join(',', Enumerable.Repeat($$"""{"signature":"AAAA","verifier":"{{verifier}}"}""", count));
            return $$"""{"apiVersion":"0.0.1","kind":"dsse","spec":{"payloadHash":{"algorithm":"sha256","value":"{{new string('0', 64)}}"},"signatures":[{{signatures}}]} }""";
        }

        string? Code(string body) => LoggedContent.Parse(new LogEntry(0, [], "dsse", "0.0.1", 0, null, null, Encoding.UTF8.GetBytes(body))).Error?.Code;

        Code(Body(pem, 1)).ShouldBe("bundle.size");
        Code(Body("AAAA", 17)).ShouldBe("bundle.size");
    }

    [Fact]
    public void A_root_stays_the_same_whatever_its_line_ends_and_spaces()
    {
        var text = Vector("public-good.trusted_root.json");
        string Fingerprint(string root) => PublicKeys.FingerprintOf(TrustedKeyKind.SigstoreRoot, root, Samples.Now).Value;

        Fingerprint(text.ReplaceLineEndings("\r\n")).ShouldBe(Fingerprint(text.ReplaceLineEndings("\n")));
        Fingerprint($"\n {text} ").ShouldBe(Fingerprint(text));
        Fingerprint(Own.Value.Root().ToJsonString()).ShouldNotBe(Fingerprint(text));
    }

    [Fact]
    public void Text_that_is_no_bundle_and_no_root_is_refused_with_a_sentence()
    {
        foreach (var text in new[] { "{", "{}", "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"mediaType\":\"x\"}", Vector("a.txt.sigstore").Replace("version=0.1", "version=0.9", StringComparison.Ordinal), Vector("a.txt.sigstore").Replace("messageSignature", "dsseEnvelope", StringComparison.Ordinal) })
            SigstoreBundle.Parse(Encoding.UTF8.GetBytes(text)).Error!.Code.ShouldStartWith("bundle.");
        PublicKeys.FingerprintOf(TrustedKeyKind.SigstoreRoot, "{}", Samples.Now).Error!.Code.ShouldBe("trusted-key.malformed");
        PublicKeys.FingerprintOf(TrustedKeyKind.SigstoreRoot, "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}", Samples.Now).Error!.Code.ShouldBe("trusted-key.unusable");
    }

    [Fact]
    public void Whatever_was_changed_a_bundle_holds_or_is_refused_and_nothing_else_happens()
    {
        var text = Vector("a.txt.sigstore");
        for (var at = 0; at < text.Length; at += 61)
            foreach (var letter in "0}\"A")
            {
                var changed = $"{text[..at]}{letter}{text[(at + 1)..]}";
                if (SigstoreBundle.Parse(Encoding.UTF8.GetBytes(changed)) is not { Error: null, Value: { Message: { } made } bundle }) continue;
                new BundleRules(bundle, new Trust([Trusted(TrustedKeyKind.SigstoreRoot, Vector("public-good.trusted_root.json"))], "shop", Samples.Now, [Beacon]))
                    .Signer(new SignedContent(Signed, [made.Signature], null)).Error?.Code.ShouldStartWith("signature.");
            }
    }

    [Fact]
    public void What_OpenSSL_stamped_is_believed_for_its_bytes_and_its_authority_only()
    {
        Samples.SkipWhenAbsent();
        var answer = Samples.Bytes("ts-response.tsr");
        TrustedAuthority Authority(DateTimeOffset since, params string[] files) => new("", [.. files.Select(file => System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(Samples.Text(file)).RawData)], new TrustedPeriod(since, null));
        var since = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

        TimeStamp.Verify(answer, Samples.Bytes("artefact.bin"), [Authority(since, "tsa.pem", "tsa-ca.pem")]).Value.ShouldBe(new DateTimeOffset(2026, 11, 23, 10, 54, 28, TimeSpan.Zero));
        TimeStamp.Verify(answer, Samples.Bytes("zeros.bin"), [Authority(since, "tsa.pem", "tsa-ca.pem")]).Error!.Code.ShouldBe("signature.time");
        TimeStamp.Verify(answer, Samples.Bytes("artefact.bin"), [Authority(Samples.Now, "tsa.pem", "tsa-ca.pem")]).Error!.Code.ShouldBe("signature.time");
        TimeStamp.Verify(answer, Samples.Bytes("artefact.bin"), []).Error!.Code.ShouldBe("signature.time");
        TimeStamp.Verify(answer[..^5], Samples.Bytes("artefact.bin"), [Authority(since, "tsa.pem", "tsa-ca.pem")]).Error!.Code.ShouldBe("signature.time");
    }

    private static Result<Signer> Genuine(Func<string, string>? change = null, Func<string, string>? root = null, IReadOnlyList<SignerIdentity>? identities = null)
    {
        var bundle = SigstoreBundle.Parse(Encoding.UTF8.GetBytes((change ?? (text => text))(Vector("a.txt.sigstore")))).Value;
        var trusted = Trusted(TrustedKeyKind.SigstoreRoot, (root ?? (text => text))(Vector("public-good.trusted_root.json")));
        return new BundleRules(bundle, new Trust([trusted], "shop", Samples.Now, identities ?? [Beacon])).Signer(new SignedContent(Signed, [bundle.Message!.Signature], null));
    }

    private static async Task RefusedAsync(Making making, string code, string sentence)
    {
        var refused = (await VerifyAsync(Own.Value.SignFile(Content, making))).Error.ShouldNotBeNull($"{making}");
        (refused.Code, refused.Message.Contains(sentence, StringComparison.Ordinal)).ShouldBe((code, true), $"{making}: {refused.Message}");
    }

    private static async Task<Result<Signer>> VerifyAsync(JsonObject bundle, byte[]? content = null, Trust? trust = null)
    {
        using var stream = new MemoryStream(content ?? Content);
        return await DetachedSignature.Read(Bytes(bundle)).Value.VerifyAsync(stream, trust ?? OwnTrust(), TestContext.Current.CancellationToken);
    }

    private static Trust OwnTrust() => new([Own.Value.Trusted()], "shop", Samples.Now, [Acme]);

    private static TrustedKey Trusted(TrustedKeyKind kind, string text) =>
        TrustedKey.Register("trusted", "Trusted", kind, text, PublicKeys.FingerprintOf(kind, text, Samples.Now).Value, [], Samples.Now.AddDays(-30), null, Actor.System, Samples.Now.AddDays(-30)).Value;

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static string Vector(string name, [CallerFilePath] string here = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Vectors", name));
}
