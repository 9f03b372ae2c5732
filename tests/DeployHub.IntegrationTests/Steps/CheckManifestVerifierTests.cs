using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>What the judgement leaves to the verifier: the digest, the cause, and that everything is told at once.</summary>
public sealed class CheckManifestVerifierTests : ExecutorContract
{
    private static readonly Dictionary<string, string> Licence = new() { ["quantity"] = "40", ["term"] = "2099-12-31" };

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Enough("40");

    protected override (StepSettings Settings, string[] Words)? Failing => (Enough("60"), ["office 2026", "“quantity” is 40", "at least 60"]);

    protected override (StepSettings Settings, string? Process)? Endless => null;

    protected override StepSettings? Telling => null;

    internal override SubjectVersion? Version => new("office", ComponentKind.Other, "2026", ComponentVersion.DigestOf([], Licence), [], Licence, "Licence");

    [Fact]
    public async Task Everything_is_told_at_once_and_a_licence_has_a_cause_of_its_own()
    {
        var failed = await FailsAsync(new CheckManifest(["entitlement"], [new("quantity", ManifestRule.AtLeast, "60"), new("term", ManifestRule.NotExpired, "30d")]));

        failed.Cause.ShouldBe(HaltCause.LicenceMissing);
        failed.Reason.ShouldBe("The manifest of office 2026 lacks entitlement: register a version that says it. office 2026: “quantity” is 40, and has to be at least 60: register a version that has as much.");
        failed.Evidence.ShouldContain(new Evidence("“term” has to be a day that is not over for 30d", "2099-12-31"));
    }

    [Fact]
    public async Task Of_other_kinds_only_the_digest_is_compared() =>
        (await SucceedsAsync(Enough("60") with { Kinds = [ComponentKind.Process] })).ShouldContainKey("Content digest");

    [Fact]
    public async Task Other_content_than_was_registered_outweighs_everything()
    {
        var forged = Version! with { Manifest = new Dictionary<string, string> { ["quantity"] = "600" } };

        (await Bench.VisitAsync(Enough("60"), version: forged)).ShouldBeOfType<StepOutcome.Failed>().Cause.ShouldBe(HaltCause.DigestMismatch);
    }

    private static CheckManifest Enough(string seats) => new(Expect: [new("quantity", ManifestRule.AtLeast, seats)]);
}
