using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Features.Inventory.Signing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;

namespace DeployHub.UnitTests.Inventory.Signing;

/// <summary>Keys in PEM, as cosign and the builders of DSSE envelopes use them.</summary>
public sealed class SigningWithKeys
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("the artefact");

    [Fact]
    public async Task What_each_kind_of_key_signed_holds_for_its_bytes_and_key_only()
    {
        var stranger = Kinds().First();
        foreach (var (name, pem, sign) in Kinds())
        {
            var signature = Encoding.UTF8.GetBytes(Convert.ToBase64String(sign(Content)) + "\n");
            var signer = await Samples.VerifyAsync(signature, Content, Trusted(pem));
            signer.Error.ShouldBeNull(name);
            signer.Value.MadeBy.ShouldStartWith(name.Split(',')[0]);
            (await Samples.VerifyAsync(signature, [.. Content, 0], Trusted(pem))).Error!.Code.ShouldBe("signature.wrong", name);
            (await Samples.VerifyAsync(signature, Content, Trusted(stranger.Pem))).Error!.Code.ShouldBe("signature.wrong", name);
            (await Samples.VerifyAsync(signature, Content)).Error!.Code.ShouldBe("signature.unknown-key", name);
        }
    }

    [Fact]
    public async Task A_key_that_was_revoked_counts_no_more()
    {
        var (_, pem, sign) = Kinds().First();
        var key = Trusted(pem);
        key.Revoke("It leaked.", Actor.System, Samples.Now);
        (await Samples.VerifyAsync(Encoding.UTF8.GetBytes(Convert.ToBase64String(sign(Content))), Content, key)).Error!.Message.ShouldContain("It leaked.");
    }

    [Fact]
    public async Task Of_several_trusted_keys_a_check_may_let_only_some_sign()
    {
        var (_, pem, sign) = Kinds().First();
        var read = DetachedSignature.Read(Encoding.UTF8.GetBytes(Convert.ToBase64String(sign(Content)))).Value;
        async Task<string?> RefusalAsync(params string[] only)
        {
            using var stream = new MemoryStream(Content);
            return (await read.VerifyAsync(stream, new Trust([Trusted(pem)], "shop", Samples.Now, []) { Only = only }, TestContext.Current.CancellationToken)).Error?.Message;
        }

        (await RefusalAsync("other", Trusted(pem).Key)).ShouldBeNull();
        (await RefusalAsync("other")).ShouldBe($"does not count: {Trusted(pem).Key} is trusted, but here only other may sign; sign again with one of those.");
    }

    [Fact]
    public void The_encoding_before_authentication_is_that_of_the_specification() =>
        Encoding.UTF8.GetString(new DsseEnvelope("http://example.com/HelloWorld", "hello world"u8.ToArray(), []).Signed).ShouldBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");

    [Fact]
    public void One_of_several_signatures_of_an_envelope_is_enough_and_its_type_is_signed_too()
    {
        foreach (var (name, pem, sign) in Kinds())
        {
            var payload = "{}"u8.ToArray();
            var signature = Convert.ToBase64String(sign(new DsseEnvelope("application/vnd.in-toto+json", payload, []).Signed));
            string Envelope(string type, string sig) => $$"""{"payloadType":"{{type}}","payload":"{{Convert.ToBase64String(payload)}}","signatures":[{"keyid":"a","sig":"AAAA"},{"sig":"{{sig}}"}]}""";
            string? Code(string envelope) => AttestationSignature.Verify(Attestation.ParseFile(Encoding.UTF8.GetBytes(envelope)).Value[0], new Trust([Trusted(pem)], "shop", Samples.Now, [])).Error?.Code;

            Code(Envelope("application/vnd.in-toto+json", signature)).ShouldBeNull(name);
            Code(Envelope("application/json", signature)).ShouldBe("signature.wrong", name);
            Code(Envelope("application/vnd.in-toto+json", "AAAA")).ShouldBe("signature.wrong", name);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"payloadType":"a","payloadType":"b","payload":"e30=","signatures":[{"sig":"AAAA"}]}""")]
    [InlineData("""{"payloadType":"a","payload":"e30=","signatures":[]}""")]
    [InlineData("""{"payloadType":"a","payload":"!","signatures":[{"sig":"AAAA"}]}""")]
    [InlineData("""{"payloadType":"a","payload":"e30=","signatures":[{"sig":7}]}""")]
    public void Text_that_is_no_envelope_is_refused(string text) => Attestation.ParseFile(Encoding.UTF8.GetBytes(text)).Error!.Code.ShouldStartWith("attestation.");

    [Fact]
    public void Several_attestations_lie_on_lines_of_their_own_and_one_may_lie_on_many()
    {
        const string one = """{"payloadType":"a","payload":"e30=","signatures":[{"sig":"AAAA"}]}""";
        Attestation.ParseFile(Encoding.UTF8.GetBytes($"{one}\r\n\n{one}\n")).Value.Count.ShouldBe(2);
        Attestation.ParseFile(Encoding.UTF8.GetBytes(one.Replace(",", ",\n", StringComparison.Ordinal))).Value.Count.ShouldBe(1);
        Attestation.ParseFile(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(one, 33)))).Error!.Code.ShouldBe("attestation.size");
    }

    [Fact]
    public void An_attestation_on_a_line_is_read_up_to_its_own_limit() =>
        Attestation.ParseFile(Encoding.UTF8.GetBytes($$"""{"payloadType":"a","payload":"{{new string('A', DsseEnvelope.MostBytes)}}","signatures":[{"sig":"AAAA"}]}""")).Error!.Code.ShouldBe("attestation.size");

    [Fact]
    public void What_is_too_large_for_Ed25519_is_not_called_forged()
    {
        var message = new SignedMessage([], [], [], null);
        List<PemSigner> Signers(string name) => [.. Kinds().Where(kind => kind.Name == name).Select(kind => new PemSigner(Trusted(kind.Pem), PemKey.Read(kind.Pem)!))];

        var refused = PemKeys.NoneMade(Signers("Ed25519"), message);
        (refused.Code, refused.Message.Contains("up to 64 MiB", StringComparison.Ordinal)).ShouldBe(("signature.size", true));
        PemKeys.NoneMade(Signers("ECDSA P-256"), message).Code.ShouldBe("signature.wrong");
    }

    [Fact]
    public void Keys_that_are_weak_private_several_or_none_are_refused()
    {
        var good = Kinds().First().Pem;
        using var small = RSA.Create(1024);
        using var odd = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        foreach (var text in new[] { "", "x", small.ExportSubjectPublicKeyInfoPem(), odd.ExportSubjectPublicKeyInfoPem(), good + good, good.Replace("PUBLIC", "PRIVATE", StringComparison.Ordinal), good.Replace("MF", "MG", StringComparison.Ordinal) })
            PublicKeys.FingerprintOf(TrustedKeyKind.Pem, text, Samples.Now).Error!.Code.ShouldBe("trusted-key.malformed", text);
    }

    private static IEnumerable<(string Name, string Pem, Func<byte[], byte[]> Sign)> Kinds()
    {
        foreach (var (curve, name, hash) in new[] { (ECCurve.NamedCurves.nistP256, "ECDSA P-256", HashAlgorithmName.SHA256), (ECCurve.NamedCurves.nistP384, "ECDSA P-384", HashAlgorithmName.SHA384), (ECCurve.NamedCurves.nistP384, "ECDSA P-384, SHA-256", HashAlgorithmName.SHA256) })
        {
            var key = ECDsa.Create(curve);
            yield return (name, key.ExportSubjectPublicKeyInfoPem(), content => key.SignData(content, hash, DSASignatureFormat.Rfc3279DerSequence));
        }

        var rsa = RSA.Create(2048);
        yield return ("RSA 2048", rsa.ExportSubjectPublicKeyInfoPem(), content => rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        yield return ("RSA 2048, PSS", rsa.ExportSubjectPublicKeyInfoPem(), content => rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));

        var edwards = new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(32));
        var pem = PemEncoding.WriteString("PUBLIC KEY", SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(edwards.GeneratePublicKey()).GetEncoded());
        yield return ("Ed25519", pem, content =>
        {
            var signer = new Org.BouncyCastle.Crypto.Signers.Ed25519Signer();
            signer.Init(true, edwards);
            signer.BlockUpdate(content, 0, content.Length);
            return signer.GenerateSignature();
        }
        );
    }

    private static TrustedKey Trusted(string pem) =>
        TrustedKey.Register("builder", "Builder", TrustedKeyKind.Pem, pem, PublicKeys.FingerprintOf(TrustedKeyKind.Pem, pem, Samples.Now).Value, [], Samples.Now.AddDays(-30), null, Actor.System, Samples.Now.AddDays(-30)).Value;
}
