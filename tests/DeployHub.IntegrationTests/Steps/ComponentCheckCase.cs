using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>One kind of check of component versions, as its contract needs it.</summary>
/// <param name="Check">Passes for the stand's good version.</param>
/// <param name="Wrong">A version that it must not let through.</param>
/// <param name="Words">What the sentence about that holds: the version or artefact, the rule, and what to do.</param>
internal sealed record ComponentCheckCase(ComponentCheck Check, SubjectVersion Wrong, HaltCause Cause, params string[] Words)
{
    private const string Remedy = "Put back what was approved, or register what is there as a new version.";

    /// <summary>It reads the version's store.</summary>
    public bool ReadsStore { get; init; }

    /// <summary>It proves where artefacts come from, so that a store which does not show a proof is no excuse and nobody can waive it.</summary>
    public bool ProvesOrigin { get; init; }

    /// <summary>Tells <c>${secret:planted}</c> where it can; null for a kind without a text.</summary>
    public ComponentCheck? Telling { get; init; }

    public static ComponentCheckCase Of(string kind, ComponentStand stand) => Of(kind, stand, stand.Version);

    private static ComponentCheckCase Of(string kind, ComponentStand stand, ComponentStand.SubjectVersionOf version) => kind switch
    {
        "check-artefacts" => new(new CheckArtefacts(), version.Damaged, HaltCause.DigestMismatch, "damaged.json", "has the digest", Remedy) { ReadsStore = true },
        "check-manifest" => new(new CheckManifest(), version.Good with { Digest = Digest.OfText("what was approved") }, HaltCause.DigestMismatch, $"{stand.Key} {ComponentStand.Label}", "has the digest", Remedy)
        {
            Telling = new CheckManifest(["${secret:planted}"]),
        },
        "check-signature" => new(new CheckSignature("{path}.sig"), version.Forged, HaltCause.SignatureInvalid, "forged.json", "is not signed as it must be", "Sign exactly these bytes") { ReadsStore = true, Telling = new CheckSignature("{path}.${secret:planted}") },
        "check-provenance" => new(new CheckProvenance("{path}.intoto.jsonl", [ComponentStand.Builder]), version.Forged, HaltCause.SignatureInvalid, "forged.json", "about something else", "Take the attestation of this artefact.")
        {
            ReadsStore = true,
            ProvesOrigin = true,
            Telling = new CheckProvenance("{path}.${secret:planted}", [ComponentStand.Builder]),
        },
        "check-promotion" => new(new CheckPromotion(stand.Key), version.Damaged, HaltCause.PromotionEvidenceMissing, $"{stand.Key} {ComponentStand.Label}", "has not succeeded in", "Deploy it there first") { Telling = new CheckPromotion("${secret:planted}") },
        "check-tests" => new(new CheckTests(["unit"]), version.Damaged, HaltCause.TestEvidenceMissing, $"{stand.Key} {ComponentStand.Label}", "is not tested as it must be", "let the CI system send it") { Telling = new CheckTests(["${secret:planted}"]) },
        "check-dependencies" => new(new CheckDependencies(stand.Deployment), version.Good with { Label = "9.9.9" }, HaltCause.DependencyConflict, $"{stand.Key} 9.9.9", "does not bring", "Correct deployment in the model") { Telling = new CheckDependencies("${secret:planted}") },
        "check-links" => new(new CheckLinks(), version.Damaged, HaltCause.DigestMismatch, "damaged.json", "has the digest", Remedy) { ReadsStore = true, Telling = new CheckLinks(Artefact: "${secret:planted}") },
        "check-configuration" => new(new CheckConfiguration(), version.Damaged, HaltCause.DigestMismatch, "damaged.json", "has the digest", Remedy) { ReadsStore = true, Telling = new CheckConfiguration("{path}.${secret:planted}") },
        "check-sbom" => new(new CheckSbom("{path}.cdx.json"), version.Forged, HaltCause.TestEvidenceMissing, "forged.json", "is about something with the digest", "Put the SBOM there that was made of this artefact.") { ReadsStore = true, Telling = new CheckSbom("{path}.${secret:planted}") },
        "check-vulnerabilities" => new(new CheckVulnerabilities("{path}.cdx.json", Unlisted: ["pkg:npm/@acme/*"]), version.Forged, HaltCause.TestEvidenceMissing, "forged.json", "is about something with the digest", "Put the SBOM there that was made of this artefact.")
        {
            ReadsStore = true,
            Telling = new CheckVulnerabilities("{path}.${secret:planted}"),
        },
        _ => throw new InvalidOperationException($"Say what {kind} passes for, what it must not let through, and what it says then: add a case."),
    };
}
