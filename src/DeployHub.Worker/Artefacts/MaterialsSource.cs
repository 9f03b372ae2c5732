using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Vulnerabilities.Vex;

namespace DeployHub.Worker.Artefacts;

/// <summary>A document beside an artefact as it was read, or the trouble; neither when there is none.</summary>
/// <param name="Digest">Of the document's bytes, for the record.</param>
internal sealed record ReadDocument<T>(T? Document, Digest Digest, ArtefactTrouble? Trouble) where T : class;

/// <summary>Reads what lies beside an artefact and tells what it is made of.</summary>
internal sealed class MaterialsSource(ArtefactSource source)
{
    /// <summary>The SBOM; there has to be one, and where it names the digest of what it is about, that is the artefact's.</summary>
    public async Task<ReadDocument<BillOfMaterials>> SbomAsync(Artefact artefact, string path, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(artefact, path, BillOfMaterials.MostBytes, BillOfMaterials.Parse, cancellationToken);
        if (read is { Document: null, Trouble: null }) return Trouble<BillOfMaterials>($"{artefact.Store} holds no SBOM {path} for the artefact {artefact.Name}. Put it there when the artefact is built, or correct the path in the model.");

        return read.Document?.Subject?.Digest is { } about && about != artefact.Digest
            ? Trouble<BillOfMaterials>($"The SBOM {path} is about something with the digest {about}, but the artefact {artefact.Name} has {artefact.Digest}. Put the SBOM there that was made of this artefact.")
            : read;
    }

    /// <summary>The VEX document, if there is one.</summary>
    public Task<ReadDocument<VexDocument>> VexAsync(Artefact artefact, string path, CancellationToken cancellationToken) =>
        ReadAsync(artefact, path, VexDocument.MostBytes, VexDocument.Parse, cancellationToken);

    private async Task<ReadDocument<T>> ReadAsync<T>(Artefact artefact, string path, int mostBytes, Func<ReadOnlyMemory<byte>, Result<T>> parse, CancellationToken cancellationToken) where T : class
    {
        var (bytes, trouble) = await source.ReadBesideAsync(artefact, path, mostBytes, cancellationToken);
        if (trouble is not null) return new ReadDocument<T>(null, default, trouble.Cause is HaltCause.SignatureInvalid ? trouble with { Cause = HaltCause.TestEvidenceMissing } : trouble); // too large is no forgery here
        if (bytes is null) return new ReadDocument<T>(null, default, null);

        var parsed = parse(bytes);
        return parsed.Error is { } refusal ? Trouble<T>($"{path} beside the artefact {artefact.Name} cannot be read: {refusal.Message}") : new ReadDocument<T>(parsed.Value, Digest.OfBytes(bytes), null);
    }

    private static ReadDocument<T> Trouble<T>(string sentence) where T : class => new(null, default, new ArtefactTrouble(HaltCause.TestEvidenceMissing, sentence));
}
