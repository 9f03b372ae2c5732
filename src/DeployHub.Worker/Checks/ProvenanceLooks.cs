using System.Security.Cryptography;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Attestations;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory.Signing;
using DeployHub.Worker.Artefacts;

namespace DeployHub.Worker.Checks;

/// <summary>One look at the attestations of one artefact: somebody trusted signed one, it is about these bytes, and it says what the check asks for.</summary>
internal sealed class ProvenanceLooks(ArtefactSource source, CheckProvenance settings, Trust trust, ArtefactFindings findings)
{
    private readonly ProvenancePolicy _policy = new(settings.Builders, settings.Sources ?? [], settings.Refs ?? [], settings.BuildTypes ?? [], settings.Parameters);

    public async Task LookAsync(Artefact artefact, CancellationToken cancellationToken)
    {
        var path = settings.ProvenanceFor(artefact.Path);
        var (bytes, trouble) = await source.ReadBesideAsync(artefact, path, Attestation.MostBytes, cancellationToken);
        if (bytes is null)
        {
            findings.Breach(trouble is null ? Unproven(artefact, $"{artefact.Store} holds no attestation {path}. Put it there when the artefact is built, or correct the path in the check.") : trouble with { Cause = HaltCause.SignatureInvalid, IsUnclear = false });
            return;
        }

        var attestations = Attestation.ParseFile(bytes);
        if (attestations.Error is { } unreadable)
        {
            findings.Breach(Unproven(artefact, $"{path} cannot be read: {unreadable.Message}"));
            return;
        }

        await JudgeAsync(artefact, path, attestations.Value, cancellationToken);
    }

    /// <summary>One of several is enough; when none is, what is wrong with each is told.</summary>
    private async Task JudgeAsync(Artefact artefact, string path, IReadOnlyList<Attestation> attestations, CancellationToken cancellationToken)
    {
        var troubles = new List<ArtefactTrouble>();
        foreach (var attestation in attestations)
        {
            var (provenance, signer, objection) = await VouchedAsync(artefact, attestation, cancellationToken);
            if (provenance is null)
            {
                troubles.Add(Unproven(artefact, $"{path} {objection}"));
                continue;
            }

            var breaches = _policy.Breaches(provenance);
            if (breaches.Count == 0)
            {
                Show(artefact, path, provenance, signer!);
                return;
            }

            troubles.AddRange(breaches.Select(breach => new ArtefactTrouble(HaltCause.PolicyViolation, $"The provenance {path} of the artefact {artefact.Name} {breach}. Build it as it must be, or correct the rule in the check.")));
        }

        // What is signed and about these bytes says more than what is not.
        var telling = troubles.FindAll(trouble => trouble.Cause is HaltCause.PolicyViolation);
        foreach (var trouble in telling.Count > 0 ? telling : troubles) findings.Breach(trouble);
    }

    private async Task<(SlsaProvenance?, Signer?, string Objection)> VouchedAsync(Artefact artefact, Attestation attestation, CancellationToken cancellationToken)
    {
        var signer = AttestationSignature.Verify(attestation, trust);
        if (signer.Error is { } refusal) return (null, null, $"has a signature that {refusal.Message}");

        // Only now: what nobody signed is not worth reading.
        if (attestation.Envelope.PayloadType != InTotoStatement.PayloadType) return (null, null, $"is signed, but holds {Words.Beginning(attestation.Envelope.PayloadType, 100)} instead of an in-toto statement.");
        var statement = InTotoStatement.Parse(attestation.Envelope.Payload);
        if (statement.Error is { } unreadable) return (null, null, $"is signed, but cannot be read: {unreadable.Message}");
        if (await ObjectionToSubjectAsync(statement.Value, artefact, cancellationToken) is { } other) return (null, null, other);
        if (statement.Value.Provenance is not { } provenance) return (null, null, $"is signed and about the artefact, but says {Words.Beginning(statement.Value.PredicateType, 100)}, which is no SLSA provenance of v1 or v0.2.");
        if (provenance.Source is { } said && signer.Value.Source is { } known && said.Contradicts(known))
            return (null, null, $"is signed and about the artefact, but says that it was built from {Shown(said)}, and its signer's certificate was given to a build from {Shown(known)}. Take the attestation that the build itself signed.");
        return (provenance, signer.Value, "");
    }

    /// <summary>Null when it is about the artefact: by SHA-256 where a subject says it, and only else by SHA-512.</summary>
    private async Task<string?> ObjectionToSubjectAsync(InTotoStatement statement, Artefact artefact, CancellationToken cancellationToken)
    {
        if (statement.Subjects.Any(subject => subject.Sha256 == artefact.Digest.Hex)) return null;
        var others = statement.Subjects.Where(subject => subject is { Sha256: null, Sha512: not null }).Select(subject => subject.Sha512).ToHashSet();
        var elsewhere = $"is signed, but about something else: none of its subjects has the digest {artefact.Digest}. Take the attestation of this artefact.";
        if (others.Count == 0) return elsewhere;

        using var fetched = await source.FetchAsync(artefact, cancellationToken);
        if (fetched.Trouble is { } trouble) return $"is signed, but only by SHA-512 about anything, and that cannot be compared: {trouble.Sentence}";
        await using var file = File.OpenRead(fetched.File!);
        return others.Contains(Convert.ToHexStringLower(await SHA512.HashDataAsync(file, cancellationToken))) ? null : elsewhere;
    }

    private void Show(Artefact artefact, string path, SlsaProvenance provenance, Signer signer) => findings.Show(artefact.Name, string.Concat(
        $"{artefact.Digest}, built by {provenance.Builder}",
        provenance.Source is { } built ? $" from {Shown(built)}" : "",
        provenance.Invocation is { } invocation ? $" as {invocation}" : "",
        $"; SLSA provenance {provenance.Version} {path}, signed with {signer.Key.Name} ({signer.MadeBy})",
        signer.SignedAt is { } at ? $" on {at:u}" : ""));

    private static string Shown(BuildSource source) => $"{source.Repository}{(source.Ref is null ? "" : $" at {source.Ref}")}{(source.Commit is null ? "" : $" ({source.Commit})")}";

    private static ArtefactTrouble Unproven(Artefact artefact, string sentence) =>
        new(HaltCause.SignatureInvalid, $"Nothing vouches for how the artefact {artefact.Name} ({artefact.Path}) was built: {sentence}");
}
