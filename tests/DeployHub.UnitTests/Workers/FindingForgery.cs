using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;

namespace DeployHub.UnitTests.Workers;

/// <summary>Of all that is wrong with a version's artefacts, what nobody may waive is what the check has found.</summary>
public sealed class FindingForgery
{
    [Theory]
    [InlineData(HaltCause.DigestMismatch, HaltCause.NotFromDefinitiveStore, HaltCause.DigestMismatch)]
    [InlineData(HaltCause.DigestMismatch, HaltCause.ComponentMissing, HaltCause.DigestMismatch, HaltCause.NotFromDefinitiveStore)]
    [InlineData(HaltCause.SignatureInvalid, HaltCause.ComponentMissing, HaltCause.SignatureInvalid)]
    [InlineData(HaltCause.NotFromDefinitiveStore, HaltCause.NotFromDefinitiveStore, HaltCause.ComponentMissing)]
    public void Forgery_outweighs_whatever_else_was_found(HaltCause found, params HaltCause[] causes) =>
        ArtefactTrouble.CauseOf([.. causes.Select(cause => new ArtefactTrouble(cause, "…"))]).ShouldBe(found);
}
