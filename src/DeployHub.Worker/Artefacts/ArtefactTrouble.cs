using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Artefacts;

/// <summary>Why an artefact could not be had.</summary>
/// <param name="IsUnclear">Its store could not be reached: what it holds may be right or wrong.</param>
internal sealed record ArtefactTrouble(HaltCause Cause, string Sentence, bool IsUnclear = false)
{
    /// <summary>What a check that found all these has found: other bytes than were approved outweigh everything, as nothing makes them good (domain §2.4.4).</summary>
    public static HaltCause CauseOf(IReadOnlyList<ArtefactTrouble> troubles) => troubles.Select(trouble => trouble.Cause).FirstOrDefault(HaltCauses.IsForgery, troubles[0].Cause);
}
