using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory.Signing;
using DeployHub.Worker.Artefacts;

namespace DeployHub.Worker.Checks;

/// <summary>One look at one artefact and at what is signed: the artefact itself, or the checksum file that lists it.</summary>
internal sealed class SignatureLooks(ArtefactSource source, CheckSignature settings, Trust trust)
{
    private const int LongestComment = 500;

    public async Task<SignatureFinding> LookAsync(Artefact artefact, CancellationToken cancellationToken)
    {
        using var fetched = await source.FetchAsync(artefact, cancellationToken);
        if (fetched.File is null) return new SignatureFinding(null, fetched.Trouble);

        await using var file = File.OpenRead(fetched.File);
        return settings.ChecksumsFor(artefact.Path) is { } checksums
            ? await OverListAsync(artefact, file, checksums, cancellationToken)
            : await OverArtefactAsync(artefact, file, cancellationToken);
    }

    private async Task<SignatureFinding> OverArtefactAsync(Artefact artefact, FileStream file, CancellationToken cancellationToken)
    {
        var path = settings.SignatureFor(artefact.Path);
        var (bytes, trouble) = await ReadAsync(artefact, path, DetachedSignature.MostBytes, "signature", cancellationToken);
        if (bytes is null) return new SignatureFinding(null, trouble);

        var signature = DetachedSignature.Read(bytes);
        var signer = signature.Error is { } unreadable ? unreadable : await signature.Value.VerifyAsync(file, trust, cancellationToken);
        return signer.Error is { } refusal ? Invalid(artefact, $"its signature {path} {refusal.Message}") : new SignatureFinding(Shown(artefact, signer.Value), null);
    }

    private async Task<SignatureFinding> OverListAsync(Artefact artefact, FileStream file, string path, CancellationToken cancellationToken)
    {
        var (bytes, trouble) = await ReadAsync(artefact, path, ChecksumFile.MostBytes, "checksum file", cancellationToken);
        if (bytes is null) return new SignatureFinding(null, trouble);

        var signed = ClearSigned.IsWrittenIn(bytes) ? ClearSigned.Parse(bytes) : null;
        if (signed?.Error is { } malformed) return Invalid(artefact, $"the signature in {path} {malformed.Message}");

        var (signature, missing) = signed is null ? await DetachedAsync(artefact, settings.SignatureFor(path), cancellationToken) : (signed.Value.Signature, null);
        if (signature is null) return new SignatureFinding(null, missing);

        using var content = new MemoryStream(signed?.Value.Signed ?? bytes);
        var signer = await signature.VerifyAsync(content, trust, cancellationToken);
        if (signer.Error is { } refusal) return Invalid(artefact, $"the signature of its checksum file {path} {refusal.Message}");

        // Only now: what nobody signed is not worth reading.
        return await UnlistedAsync(artefact, file, path, signed?.Value.Text ?? Encoding.UTF8.GetString(bytes), cancellationToken) is { } unlisted
            ? Invalid(artefact, unlisted)
            : new SignatureFinding($"{Shown(artefact, signer.Value)}; listed in {path}", null);
    }

    private async Task<(DetachedSignature?, ArtefactTrouble?)> DetachedAsync(Artefact artefact, string path, CancellationToken cancellationToken)
    {
        var (bytes, trouble) = await ReadAsync(artefact, path, DetachedSignature.MostBytes, "signature", cancellationToken);
        if (bytes is null) return (null, trouble);

        var signature = DetachedSignature.Read(bytes);
        return signature.Error is { } unreadable ? (null, Invalid(artefact, $"the signature {path} {unreadable.Message}").Trouble) : (signature.Value, null);
    }

    /// <summary>Why the list does not vouch for the artefact, in words; null when it does.</summary>
    private static async Task<string?> UnlistedAsync(Artefact artefact, FileStream file, string path, string text, CancellationToken cancellationToken)
    {
        var list = ChecksumFile.Parse(text);
        if (list.Error is { } unreadable) return $"{char.ToLowerInvariant(unreadable.Message[0])}{unreadable.Message[1..].Replace("checksum file", $"checksum file {path}", StringComparison.Ordinal)}";

        var name = artefact.Path[(path.LastIndexOf('/') + 1)..];
        var listed = list.Value.Of(name);
        if (listed.Count == 0) return $"the checksum file {path} is signed but does not list “{name}”. Add its SHA-256 or SHA-512 and sign the list again.";

        foreach (var entry in listed)
        {
            var hex = entry.Algorithm is ChecksumAlgorithm.Sha256 ? artefact.Digest.Hex : Convert.ToHexStringLower(await SHA512.HashDataAsync(file, cancellationToken));
            if (hex != entry.Hex) return $"the checksum file {path} lists another {(entry.Algorithm is ChecksumAlgorithm.Sha256 ? "SHA-256" : "SHA-512")} for “{name}”: {entry.Hex[..12]}… instead of {hex[..12]}…. Deploy the artefact that was signed.";
        }

        return null;
    }

    private async Task<(byte[]? Bytes, ArtefactTrouble? Trouble)> ReadAsync(Artefact artefact, string path, int mostBytes, string what, CancellationToken cancellationToken)
    {
        var small = await source.ReadBesideAsync(artefact, path, mostBytes, cancellationToken);
        return small switch
        {
            { Bytes: not null } => small,
            { Trouble: { } trouble } => (null, trouble with { Cause = HaltCause.SignatureInvalid, IsUnclear = false }), // a store that hides what it lacks answers otherwise than one that says so
            _ => (null, Invalid(artefact, $"{artefact.Store} holds no {what} {path}. Put it there, or correct the path in the check.").Trouble),
        };
    }

    private static SignatureFinding Invalid(Artefact artefact, string sentence) =>
        new(null, new ArtefactTrouble(HaltCause.SignatureInvalid, $"The artefact {artefact.Name} ({artefact.Path}) is not signed as it must be: {sentence}"));

    private static string Shown(Artefact artefact, Signer signer) => string.Concat(
        $"{artefact.Digest}, signed with {signer.Key.Name} ({signer.MadeBy})",
        signer.SignedAt is { } at ? $" on {at:u}" : "",
        signer.TrustedComment is { Length: > 0 } comment ? $", “{Printable.Of(comment.Length > LongestComment ? comment[..LongestComment] : comment)}”" : "");
}
