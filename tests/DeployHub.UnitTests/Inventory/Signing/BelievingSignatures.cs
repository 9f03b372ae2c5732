using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing;
using DeployHub.Features.Inventory.Signing;

namespace DeployHub.UnitTests.Inventory.Signing;

public sealed class BelievingSignatures
{
    private static readonly byte[] Wrong = Encoding.UTF8.GetBytes("other bytes");

    public BelievingSignatures() => Samples.SkipWhenAbsent();

    [Theory]
    [InlineData("artefact.bin.minisig")]
    [InlineData("artefact.bin.legacy.minisig")]
    public async Task What_minisign_made_holds_for_its_bytes_only(string name)
    {
        var key = Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign);

        var signer = (await Samples.VerifyAsync(Samples.Bytes(name), Samples.Bytes("artefact.bin"), key)).Value;
        signer.MadeBy.ShouldBe("1DC015829DE6BBD5");
        signer.TrustedComment.ShouldNotBeNullOrEmpty();
        Code(await Samples.VerifyAsync(Samples.Bytes(name), Wrong, key)).ShouldBe("signature.wrong");
    }

    [Fact]
    public async Task Another_key_is_unknown_until_it_is_trusted()
    {
        var (signature, content) = (Samples.Bytes("artefact.bin.otherkey.minisig"), Samples.Bytes("artefact.bin"));

        Code(await Samples.VerifyAsync(signature, content, Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign))).ShouldBe("signature.unknown-key");
        (await Samples.VerifyAsync(signature, content, Samples.Trusted("minisign-other.pub", TrustedKeyKind.Minisign))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_trusted_comment_that_was_changed_is_refused() =>
        Code(await Samples.VerifyAsync(
            Encoding.UTF8.GetBytes(Samples.Text("artefact.bin.minisig").Replace("release 1.2.3", "release 1.2.4", StringComparison.Ordinal)),
            Samples.Bytes("artefact.bin"), Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign))).ShouldBe("signature.comment");

    [Fact]
    public async Task What_gpg_made_holds_for_its_bytes_only()
    {
        var key = Samples.Trusted("gpg-pub.asc", TrustedKeyKind.OpenPgp);

        var signer = (await Samples.VerifyAsync(Samples.Bytes("SHA256SUMS.asc"), Samples.Bytes("SHA256SUMS"), key)).Value;
        signer.MadeBy.ShouldBe(key.Fingerprint);
        signer.SignedAt!.Value.Year.ShouldBe(2026);
        Code(await Samples.VerifyAsync(Samples.Bytes("SHA256SUMS.asc"), Samples.Bytes("SHA256SUMS.wrong"), key)).ShouldBe("signature.wrong");
    }

    [Fact]
    public async Task A_clear_signed_list_holds_and_can_be_read_and_not_be_changed()
    {
        var key = Samples.Trusted("gpg-pub.asc", TrustedKeyKind.OpenPgp);
        var signed = ClearSigned.Parse(Samples.Bytes("SHA256SUMS.clear.asc")).Value;
        using var content = new MemoryStream(signed.Signed);

        (await signed.Signature.VerifyAsync(content, new Trust([key], "shop", Samples.Now, []), TestContext.Current.CancellationToken)).Error.ShouldBeNull();
        ChecksumFile.Parse(signed.Text).Value.Entries.Select(entry => entry.Name).ShouldBe(["artefact.bin", "zeros.bin"]);

        var changed = ClearSigned.Parse(Encoding.UTF8.GetBytes(Samples.Text("SHA256SUMS.clear.asc").Replace("b4c8", "04c8", StringComparison.Ordinal))).Value;
        using var other = new MemoryStream(changed.Signed);
        Code(await changed.Signature.VerifyAsync(other, new Trust([key], "shop", Samples.Now, []), TestContext.Current.CancellationToken)).ShouldBe("signature.wrong");
    }

    [Fact]
    public async Task A_key_counts_for_its_services_in_its_time_until_it_is_revoked()
    {
        var (signature, content) = (Samples.Bytes("artefact.bin.minisig"), Samples.Bytes("artefact.bin"));
        var revoked = Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign);
        revoked.Revoke("The laptop was lost.", Actor.System, Samples.Now.AddDays(-1)).Error.ShouldBeNull();
        revoked.Revoke("Again.", Actor.System, Samples.Now).Error!.Code.ShouldBe("trusted-key.already-revoked");

        (await Samples.VerifyAsync(signature, content, Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign, services: ["shop"]))).Error.ShouldBeNull();
        foreach (var (key, word) in new[]
        {
            (revoked, "The laptop was lost."),
            (Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign, services: ["bank"]), "belongs to shop"),
            (Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign, from: Samples.Now.AddDays(1)), "only from"),
            (Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign, until: Samples.Now), "until"),
        })
            (await Samples.VerifyAsync(signature, content, key)).Error!.Message.ShouldContain(word);
        (await Samples.VerifyAsync(signature, content, Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign), revoked)).Error!.Message.ShouldContain("The laptop was lost.", customMessage: "Another name does not make it good.");
    }

    [Fact]
    public void The_digests_of_every_list_are_those_of_the_files()
    {
        foreach (var name in new[] { "SHA256SUMS", "SHA256SUMS.bsd", "SHA512SUMS" }) Agrees(name).ShouldBeTrue(name);
        Agrees("SHA256SUMS.wrong").ShouldBeFalse();
    }

    /// <summary>Whatever is done to a sample, it is refused or still holds, and nothing is thrown.</summary>
    [Fact]
    public async Task Mutated_samples_are_refused_and_break_nothing()
    {
        var random = new Random(20261129);
        TrustedKey[] keys = [Samples.Trusted("minisign.pub", TrustedKeyKind.Minisign), Samples.Trusted("gpg-pub.asc", TrustedKeyKind.OpenPgp)];
        var armored = Armor.Read(Samples.Text("SHA256SUMS.asc"), Armor.Signature)!;
        foreach (var sample in new[] { Samples.Bytes("artefact.bin.minisig"), Samples.Bytes("SHA256SUMS.asc"), armored, Samples.Bytes("SHA256SUMS.clear.asc"), Samples.Bytes("SHA256SUMS"), Encoding.UTF8.GetBytes(Samples.Text("gpg-pub.asc")), Samples.Bytes("minisign.pub") })
            for (var round = 0; round < 400; round++)
            {
                var mutated = Mutated(sample, random);
                await Samples.VerifyAsync(mutated, Wrong, keys);
                ClearSigned.Parse(mutated);
                var text = Encoding.UTF8.GetString(mutated);
                ChecksumFile.Parse(text);
                foreach (var kind in Enum.GetValues<TrustedKeyKind>()) PublicKeys.FingerprintOf(kind, text, Samples.Now);
            }
    }

    private static byte[] Mutated(byte[] sample, Random random)
    {
        var bytes = sample.ToList();
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(0, Math.Min(random.Next(1, 80), bytes.Count))); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    private static bool Agrees(string name) => ChecksumFile.Parse(Samples.Text(name)).Value.Entries.All(entry =>
    {
        var bytes = Samples.Bytes(entry.Name);
        return entry.Hex == Convert.ToHexStringLower(entry.Algorithm is ChecksumAlgorithm.Sha256 ? System.Security.Cryptography.SHA256.HashData(bytes) : System.Security.Cryptography.SHA512.HashData(bytes));
    });

    private static string Code(Result<Signer> result) => result.Error!.Code;
}
