using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace DeployHub.Features.Inventory.Signing;

/// <summary>An OpenPGP signature of version 4 (RFC 9580) in armor or binary. Of several, one that holds is enough.</summary>
internal sealed class OpenPgpSignature : DetachedSignature
{
    private const int MostSignatures = 16;

    private readonly IReadOnlyList<PgpSignature> _signatures;

    private OpenPgpSignature(IReadOnlyList<PgpSignature> signatures) => _signatures = signatures;

    /// <summary>Its content is a text whose line ends mean nothing; of a file they do, so one over a text vouches for no file.</summary>
    public bool IsOverText { get; private init; }

    public OpenPgpSignature OverText() => new(_signatures) { IsOverText = true };

    public static Result<DetachedSignature> Parse(byte[] bytes)
    {
        var binary = Armor.LooksArmored(bytes) ? Armor.Read(Encoding.Latin1.GetString(bytes), Armor.Signature) : bytes;
        if (binary is null || Packets.Tags(binary, Packets.Signature) is not { Count: <= MostSignatures }) return Malformed;

        var signatures = OpenPgpRules.Tried(() => new PgpObjectFactory(binary).NextPgpObject() is PgpSignatureList { Count: > 0 } list ? Enumerable.Range(0, list.Count).Select(index => list[index]).ToList() : null);
        return signatures is null ? Malformed : new OpenPgpSignature(signatures);
    }

    public override async Task<Result<Signer>> VerifyAsync(Stream content, Trust trust, CancellationToken cancellationToken)
    {
        var keys = trust.Keys.Where(key => key.Kind is TrustedKeyKind.OpenPgp).Select(key => (Trusted: key, Ring: OpenPgpKey.Read(key.PublicKey))).Where(key => key.Ring is not null).ToList();
        var objections = new List<Error>();
        var candidates = new List<Candidate>();
        foreach (var signature in _signatures)
        {
            var made = keys.Select(key => (key.Trusted, Ring: key.Ring!, Part: key.Ring!.Part(signature.KeyId))).Where(key => key.Part is not null).ToList();
            if (made.Count == 0) objections.Add(UnknownKey(signature.KeyId.ToString("X16", System.Globalization.CultureInfo.InvariantCulture)));
            foreach (var key in made)
                if (Objection(signature, key.Trusted, key.Ring, key.Part!, trust) is { } objection) objections.Add(objection);
                else candidates.Add(new Candidate(signature, key.Trusted, key.Part!));
        }

        // Each signature object holds the state of one digest: a second key of the same id has its turn only when the first does not begin.
        var begun = candidates.Where(candidate => candidate.Begin()).DistinctBy(candidate => candidate.Signature).ToList();
        if (begun.Count == 0) return objections.Count > 0 ? objections[^1] : Malformed;

        await ReadAsync(content, (buffer, count) => begun.ForEach(candidate => candidate.Signature.Update(buffer, 0, count)), cancellationToken);
        return begun.Find(candidate => candidate.Holds()) is { } holding
            ? new Signer(holding.Trusted, OpenPgpKey.FingerprintOf(holding.Part), OpenPgpRules.Moment(holding.Signature.CreationTime), null)
            : DoesNotHold(OpenPgpKey.FingerprintOf(begun[0].Part));
    }

    private Error? Objection(PgpSignature signature, TrustedKey trusted, OpenPgpKey ring, PgpPublicKey part, Trust trust)
    {
        if (signature.Version != 4) return Refusal("version", $"is of version {signature.Version}; only version 4 is read. Sign again with a current gpg.");
        if (signature.SignatureType != (IsOverText ? PgpSignature.CanonicalTextDocument : PgpSignature.BinaryDocument))
            return Refusal("kind", IsOverText ? "is not one over a text. Make it with gpg --clear-sign." : "is not one over the bytes of a file. Make it with gpg --detach-sign, without --textmode.");
        if (OpenPgpRules.WeakDigest(signature) is { } weak) return Refusal("weak", $"uses {weak}, which proves nothing. Sign again with SHA-256 or SHA-512.");
        if (OpenPgpRules.HasUnknownCriticalPart(signature)) return Refusal("critical", "depends on something that is not understood here (a critical subpacket). Sign again without it.");
        if (trust.ObjectionTo(trusted) is { } distrust) return Refusal("key-not-valid", $"does not count: {distrust}.");
        if (ring.ObjectionTo(part, trust.At) is { } unusable) return Refusal("key-not-valid", $"does not count: {unusable}.");

        return Time(signature, part, trust.At);
    }

    private static Error? Time(PgpSignature signature, PgpPublicKey part, DateTimeOffset at)
    {
        var made = OpenPgpRules.Moment(signature.CreationTime);
        if (made > at + OpenPgpRules.ClockSkew) return Refusal("time", $"says that it was made on {made:u}, which is still to come. Set the signer's clock and sign again.");
        if (made < OpenPgpRules.Moment(part.CreationTime)) return Refusal("time", $"says that it was made on {made:u}, before its key was. Set the signer's clock and sign again.");

        return OpenPgpRules.EndOf(signature) is { } end && end <= at ? Refusal("expired", $"expired on {end:u}. Sign again.") : null;
    }

    private static Error Malformed => Refusal("malformed", "is neither a minisign, a cosign nor a detached OpenPGP signature, and no Sigstore bundle. Make it with minisign -S, cosign sign-blob or gpg --detach-sign.");

    private sealed record Candidate(PgpSignature Signature, TrustedKey Trusted, PgpPublicKey Part)
    {
        public bool Begin() => OpenPgpRules.Tried(() =>
        {
            Signature.InitVerify(Part);
            return true;
        });

        public bool Holds() => OpenPgpRules.Tried(Signature.Verify);
    }
}
